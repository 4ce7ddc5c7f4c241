/** Example 8: publishes events to an MQTT broker, and takes requests from it. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { AMBER, BLUE, shows, TEAL } from '../parts.js';

/** How long the broker keeps messages for a Node-RED that is offline: a day, in seconds. */
const SESSION_S = '86400';
/** A request that waits longer than this in the broker expires, in seconds. */
const REQUEST_S = '15';

const ENVELOPE = '{"event": topic, "args": payload, "call": call, "agent": agent, "ctios": ctios}';
const EVENT_TOPIC =
  '"ctios/" & ctios.interface & "/" & ($exists(payload.UniqueObjectID) ? $encodeUrlComponent(payload.UniqueObjectID) : "-") & "/" & topic';

export function mqtt(): Flow {
  const flow = new Flow(
    CATALOG.mqtt,
    `If your broker runs on another machine, change its address in both MQTT configuration nodes.

**One** Node-RED holds the session and publishes the events. Each event has the topic
\`ctios/<interface>/<UniqueObjectID>/<event>\`, so that programs can subscribe to one call or to one kind of event, and the events of a call
arrive in order. Do not use shared subscriptions (\`$share/…\`) in
flows that follow calls, because they distribute the events of one call among different programs.

Each Node-RED has its own fixed client ID (publisher, worker 1), and the broker keeps its MQTT session for a day: messages that
arrive while a Node-RED restarts are delivered when it is back. mosquitto keeps only the *first* 1,000 messages unless you set
\`max_queued_messages\`.

Send requests to \`ctios/request/<name>\` with a response topic and correlation data (MQTT 5). The response goes to that topic with the
same data. A request that stays in the broker for more than ${REQUEST_S} seconds expires.

For failover between two publishers, replay and exactly one pop per contact, use an event stream instead (example 11).`,
  );
  const session = flow.session().id;
  const broker = (name: string, clientid: string) =>
    flow.config('mqtt-broker', name, {
      clientid,
      cleansession: false,
      autoUnsubscribe: false,
      sessionExpiry: SESSION_S,
    }).id;
  const here = broker('the broker, as publisher', 'ctios-publisher');
  const there = broker('the broker, as worker 1', 'ctios-worker-1');

  const events = flow.node('ctios-events', 'every event', [0, 1], { session, interface: 'AllInOne' });
  const topic = flow.node('change', 'set the topic', [1, 1], {
    rules: [
      { t: 'set', p: 'event', pt: 'msg', to: ENVELOPE, tot: 'jsonata' },
      { t: 'set', p: 'topic', pt: 'msg', to: EVENT_TOPIC, tot: 'jsonata' },
      { t: 'move', p: 'event', pt: 'msg', to: 'payload', tot: 'msg' },
    ],
  });
  const publish = flow.node('mqtt out', 'publish', [2.1, 1], { broker: here });
  flow.chain(events, topic, publish);
  const first = flow.comment('1  The Node-RED with the session publishes events', [0.45, 0]);
  flow.group('Events', TEAL, [first, events, topic, publish]);

  const asked = flow.node('mqtt in', 'requests', [0, 4], {
    ...{ broker: here, topic: 'ctios/request/+', datatype: 'json' },
  });
  const name = flow.node('change', 'name of the request', [1, 4], {
    rules: [{ t: 'set', p: 'topic', pt: 'msg', to: '$split(topic, "/")[2]', tot: 'jsonata' }],
  });
  const request = flow.node('ctios-request', 'send request', [2.1, 4], { session });
  const refused = flow.node('catch', 'refused', [2.1, 5], { scope: [request.id] });
  const reason = flow.node('change', 'why', [3.2, 5], {
    rules: [
      { t: 'set', p: 'payload', pt: 'msg', to: '{"error": error.code, "message": error.message}', tot: 'jsonata' },
    ],
  });
  const wanted = flow.node('switch', 'response topic set?', [3.2, 4], {
    property: 'responseTopic',
    rules: [{ t: 'nempty' }],
  });
  const answerTopic = flow.node('change', 'to its response topic', [4.3, 4], {
    rules: [{ t: 'move', p: 'responseTopic', pt: 'msg', to: 'topic', tot: 'msg' }],
  });
  const answer = flow.node('mqtt out', 'respond', [5.4, 4], { broker: here });
  flow.chain(asked, name, request, wanted, answerTopic, answer);
  flow.chain(refused, reason, wanted);
  const second = flow.comment('2  … and receives requests from the broker', [0.4, 3]);
  flow.group('Requests', BLUE, [second, asked, name, request, refused, reason, wanted, answerTopic, answer]);

  const worker = flow.node('mqtt in', 'every event of calls', [0, 8], {
    ...{ broker: there, topic: 'ctios/ICallEvents/+/+', datatype: 'json' },
  });
  const work = shows(flow, 'works', [1.2, 8], 'topic', 'msg');
  const now = flow.node('inject', 'agent 1002: not ready', [0, 9], {
    props: [{ p: 'topic', vt: 'str' }, { p: 'payload' }],
    topic: 'ctios/request/SetAgentState',
    payload: '{"AgentID":"1002","AgentState":"NotReady"}',
    payloadType: 'json',
    once: true,
    onceDelay: '5',
  });
  const correlate = flow.node('change', 'add response topic', [1.2, 9], {
    rules: [
      { t: 'set', p: 'responseTopic', pt: 'msg', to: 'ctios/answer/worker-1', tot: 'str' },
      { t: 'set', p: 'correlationData', pt: 'msg', to: '_msgid', tot: 'msg' },
    ],
  });
  const ask = flow.node('mqtt out', 'request over the broker', [2.4, 9], { broker: there, expiry: REQUEST_S });
  const answers = flow.node('mqtt in', 'answers', [0, 10], {
    ...{ broker: there, topic: 'ctios/answer/worker-1', datatype: 'json' },
  });
  const readable = flow.node('function', 'correlation data as text', [1.2, 10], {
    func: 'msg.correlationData = String(msg.correlationData);\nreturn msg;',
  });
  const got = shows(flow, 'answered', [2.4, 10], 'topic', 'msg');
  flow.chain(worker, work);
  flow.chain(now, correlate, ask);
  flow.chain(answers, readable, got);
  const third = flow.comment('3  Another Node-RED: receives all events and sends requests', [0.5, 7]);
  flow.group('Worker', AMBER, [third, worker, work, now, correlate, ask, answers, readable, got]);
  return flow;
}
