/** Recipe 10: the recording pauses while card data is spoken. */
import type { Flow } from '../../flow.js';
import { AMBER, BLUE, showsPart, TEAL } from '../../parts.js';
import { COOKBOOK } from '../catalog.js';
import { recipeFlow, row, section } from '../parts.js';

const CHECK = `// A page of another site cannot send JSON without permission, so that nothing else is accepted.
const { call, card } = msg.payload || {};
if ((msg.req && !msg.req.is('application/json')) || !/^call[.]/.test(call) || typeof card !== 'boolean')
  return [null, { ...msg, statusCode: 422, payload: { error: 'Send { "call": "call.5000.123.2001", "card": true } as JSON.' } }];
return [msg, null];`;

export function cardData(): Flow {
  const flow = recipeFlow(
    COOKBOOK.cardData,
    {},
    `Network recording is started and stopped per call: to pause, stop it; to resume, start it again. The recorder keeps both parts under one reference. If the page never sends \`false\`,
the recording is resumed after ten minutes. In Unified CM the line needs selective call recording; lines that are recorded automatically cannot be paused this way. The protocol version
must be 23 or later.`,
  );
  const session = flow.session().id;
  const ofTheCall = { session, object: 'payload.call', objectType: 'msg' };
  const start = { ...ofTheCall, request: 'StartNetworkRecording', complete: 'OnNetworkRecordingStarted' };
  const stop = { ...ofTheCall, request: 'StopNetworkRecording', complete: 'OnNetworkRecordingEnded' };
  const card = flow.node('http in', 'card data', [0, 0], { url: '/cookbook/card', method: 'post' });
  const check = flow.node('function', 'call and card', [0, 0], { func: CHECK, outputs: 2 });
  const which = flow.node('switch', 'begins or ends?', [0, 0], {
    property: 'payload.card',
    rules: [{ t: 'true' }, { t: 'false' }],
    outputs: 2,
  });
  const pause = flow.node('ctios-call', 'pause', [0, 0], stop);
  const resume = flow.node('ctios-call', 'resume', [0, 0], start);
  const page = flow.node('switch', 'is there a page?', [0, 0], {
    property: 'res',
    rules: [{ t: 'nnull' }, { t: 'else' }],
    outputs: 2,
  });
  const answer = flow.node('http response', 'to the page', [0, 0]);
  const shown = showsPart(flow, 'done', [0, 0], 'topic', 'topic');
  const failed = flow.node('catch', 'failed', [0, 0], { scope: [pause.id, resume.id] });
  const why = flow.node('change', 'the reason', [0, 0], {
    rules: [
      { t: 'set', p: 'topic', pt: 'msg', to: 'error.code', tot: 'msg' },
      { t: 'set', p: 'statusCode', pt: 'msg', to: '409', tot: 'num' },
      { t: 'set', p: 'payload', pt: 'msg', to: '{ "error": error.message }', tot: 'jsonata' },
    ],
  });
  flow.chain(card, check, which, pause, page, answer);
  flow.wire(check, 1, page);
  flow.wire(which, 1, resume);
  flow.chain(resume, page);
  flow.wire(page, 1, shown);
  flow.chain(failed, why, page);
  row(1, [card, check, which, pause, page, answer]);
  row(2, [resume], which);
  row(2, [shown], page);
  row(3, [failed, why], which);
  section(flow, 'Pause and resume', TEAL, 0, '1  POST /cookbook/card', [
    ...[card, check, which, pause, resume, page, answer, shown, failed, why],
  ]);

  const over = flow.node('change', 'it was ended', [0, 0], {
    rules: [{ t: 'set', p: 'reset', pt: 'msg', to: 'true', tot: 'bool' }],
  });
  const forgotten = flow.node('trigger', 'ten minutes later', [0, 0], {
    ...{ op1: '', op1type: 'nul', op2: '', op2type: 'payl', duration: '10', units: 'min', extend: true },
    ...{ bytopic: 'topic', topic: 'payload.call', outputs: 1 },
  });
  const anyway = flow.node('ctios-call', 'resume anyway', [0, 0], start);
  const resumed = showsPart(flow, 'resumed', [0, 0], 'topic', 'topic');
  flow.wire(which, 0, forgotten);
  flow.wire(which, 1, over);
  flow.chain(over, forgotten, anyway, resumed);
  row(7, [over]);
  row(6, [forgotten, anyway, resumed], over);
  section(flow, 'A page that was closed', BLUE, 5, '2  If the end never comes', [over, forgotten, anyway, resumed]);

  const answered = flow.node('ctios-call-events', '1001 answers', [0, 0], {
    session,
    events: ['OnCallEstablished'],
    filter: [{ key: 'AgentID', op: 'is', value: '1001', type: 'str' }],
  });
  const record = flow.node('ctios-call', 'record', [0, 0], {
    session,
    request: 'StartNetworkRecording',
    complete: 'OnNetworkRecordingStarted',
  });
  const says = (name: string, on: boolean) =>
    flow.node('change', name, [0, 0], {
      rules: [
        {
          ...{ t: 'set', p: 'payload', pt: 'msg', tot: 'jsonata' },
          to: `{ "call": call.UniqueObjectID, "card": ${on} }`,
        },
      ],
    });
  const after = flow.node('delay', 'three seconds', [0, 0], { timeout: '3' });
  const begins = says('card data begins', true);
  const meanwhile = flow.node('delay', 'four seconds', [0, 0], { timeout: '4' });
  const ends = says('card data ends', false);
  flow.chain(answered, record, after, begins, check);
  flow.chain(begins, meanwhile, ends, check);
  const contact = flow.node('ctios-contact', 'a contact is over', [0, 0], { session, when: 'ended', keep: 0 });
  const parts = showsPart(flow, 'recordings', [0, 0], 'payload.recordings', 'payload.key');
  const any = flow.node('switch', 'recorded?', [0, 0], { property: 'payload.recordings', rules: [{ t: 'nempty' }] });
  flow.chain(contact, any, parts);
  row(10, [answered, record, after, begins]);
  row(11, [meanwhile, ends], record);
  row(12, [contact, any, parts]);
  section(flow, 'Simulation', AMBER, 9, '3  A call with a payment, and its recordings', [
    ...[answered, record, after, begins, meanwhile, ends, contact, any, parts],
  ]);
  return flow;
}
