/** Example 8: events to an MQTT broker, and requests back. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { AMBER, BLUE, shows, TEAL } from './parts.js';

export function mqtt(): Flow {
  const flow = new Flow(
    CATALOG.mqtt,
    `If your broker is elsewhere, change the address in the broker's configuration node.

One Node-RED holds the session and publishes each event under \`ctios/<interface>/<event>\`; any number of others subscribe, with a
shared subscription (\`$share/…\`) they divide the work. Requests come back under \`ctios/request/<name>\`, answers go out under
\`ctios/answer/<name>\`. Here both ends stand on one tab; for
more workers copy the third group into other Node-REDs.`,
  );
  const session = flow.config('ctios-session', '', { seed: 8 }).id;
  const broker = flow.config('mqtt-broker', 'the broker').id;

  const events = flow.node('ctios-events', 'every event', [0, 1], { session, interface: 'AllInOne' });
  const topic = flow.node('change', 'name its topic', [1, 1], {
    rules: [
      {
        t: 'set',
        p: 'payload',
        pt: 'msg',
        to: '{"event": topic, "args": payload, "call": call, "agent": agent, "ctios": ctios}',
        tot: 'jsonata',
      },
      { t: 'set', p: 'topic', pt: 'msg', to: '"ctios/" & ctios.interface & "/" & topic', tot: 'jsonata' },
    ],
  });
  const publish = flow.node('mqtt out', 'publish', [2.1, 1], { broker });
  flow.chain(events, topic, publish);
  const first = flow.comment('1  The Node-RED with the session publishes', [0.45, 0]);
  flow.group('Out', TEAL, [first, events, topic, publish]);

  const asked = flow.node('mqtt in', 'requests', [0, 4], { broker, topic: 'ctios/request/+', datatype: 'json' });
  const name = flow.node('change', 'name of the request', [1, 4], {
    rules: [{ t: 'set', p: 'topic', pt: 'msg', to: '$split(topic, "/")[2]', tot: 'jsonata' }],
  });
  const request = flow.node('ctios-request', 'ask', [2.1, 4], { session });
  const answerTopic = flow.node('change', 'topic of the answer', [3.2, 4], {
    rules: [{ t: 'set', p: 'topic', pt: 'msg', to: '"ctios/answer/" & topic', tot: 'jsonata' }],
  });
  const refused = flow.node('catch', 'refused', [2.1, 5], { scope: [request.id] });
  const reason = flow.node('change', 'why', [3.2, 5], {
    rules: [
      { t: 'set', p: 'payload', pt: 'msg', to: '{"code": error.code, "message": error.message}', tot: 'jsonata' },
      { t: 'set', p: 'topic', pt: 'msg', to: 'ctios/answer/refused', tot: 'str' },
    ],
  });
  const answer = flow.node('mqtt out', 'answer', [4.3, 4], { broker });
  flow.chain(asked, name, request, answerTopic, answer);
  flow.chain(refused, reason, answer);
  const second = flow.comment('2  … and takes requests from the broker', [0.4, 3]);
  flow.group('Back', BLUE, [second, asked, name, request, answerTopic, refused, reason, answer]);

  const worker = flow.node('mqtt in', 'one of several workers', [0, 8], {
    broker,
    topic: '$share/workers/ctios/ICallEvents/+',
    datatype: 'json',
  });
  const work = shows(flow, 'works', [1.2, 8], 'topic', 'msg');
  const now = flow.node('inject', 'agent 1002: a break', [0, 9], {
    props: [{ p: 'topic', vt: 'str' }, { p: 'payload' }],
    topic: 'ctios/request/SetAgentState',
    payload: '{"AgentID":"1002","AgentState":"NotReady"}',
    payloadType: 'json',
    once: true,
    onceDelay: '5',
  });
  const ask = flow.node('mqtt out', 'ask over the broker', [1.2, 9], { broker });
  const answers = flow.node('mqtt in', 'answers', [0, 10], { broker, topic: 'ctios/answer/#', datatype: 'json' });
  const got = shows(flow, 'answered', [1.2, 10], 'topic', 'msg');
  flow.chain(worker, work);
  flow.chain(now, ask);
  flow.chain(answers, got);
  const third = flow.comment('3  Elsewhere: workers that share the events, and ask', [0.5, 7]);
  flow.group('The other end', AMBER, [third, worker, work, now, ask, answers, got]);
  return flow;
}
