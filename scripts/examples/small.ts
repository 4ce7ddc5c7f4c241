/** The examples without a page of their own: what they do is seen in the debug sidebar and under the nodes. */
import { Flow, type FlowNode, type Place } from './flow.js';

const TEAL = '#0f766e';
const BLUE = '#4338ca';
const AMBER = '#b45309';
const GREY = '#6b7280';

const text = (key: string, value: string) => ({ key, value, type: 'str' });
const typed = (key: string, value: string, type: string) => ({ key, value, type });

/** A debug node that also says under itself what it saw last. */
function shows(flow: Flow, name: string, at: Place, says: string, type = 'jsonata'): FlowNode {
  return flow.node('debug', name, at, { tostatus: true, statusVal: says, statusType: type });
}

/** What was refused, and why: beside every example that asks for something. */
function catches(flow: Flow, at: Place, of: readonly FlowNode[]): FlowNode[] {
  const caught = flow.node('catch', 'refused', at, { scope: of.map((node) => node.id) });
  const why = flow.node('debug', 'why', [at[0] + 1.1, at[1]], {
    complete: 'error',
    tostatus: true,
    statusVal: 'error.code',
    statusType: 'msg',
  });
  flow.wire(caught, 0, why);
  return [caught, why];
}

export function afterCallWork(): Flow {
  const flow = new Flow(
    '2 after-call-work automation',
    `While a customer talks, the reason of the call is written into its wrap-up data. When the call is over the agent has two
seconds of after-call work; then the flow makes the agent available, unless the agent has gone on by then.

Nothing to do but deploy: the agents of the simulated contact center answer by themselves. Look at the debug sidebar.`,
  );
  const session = flow.config('ctios-session', '', { seed: 2 }).id;

  const answered = flow.node('ctios-call-events', 'a customer is on the line', [0, 1], {
    session,
    events: ['OnCallEstablished'],
    filter: [{ key: 'CallType', value: '1,2' }],
  });
  const wrapup = flow.node('ctios-call', 'write the wrap-up data', [1.4, 1], {
    session,
    request: 'SetCallData',
    args: [typed('CallWrapupData', '$substring("Reason: " & call.CallVariable2, 0, 40)', 'jsonata')],
  });
  const written = shows(flow, 'written', [2.6, 1], 'call.UniqueObjectID', 'msg');
  flow.chain(answered, wrapup, written);
  const first = flow.comment(
    '1  During the call: its reason becomes wrap-up data',
    [0.5, 0],
    'Wrap-up data has to be written before the call object ends.',
  );
  flow.group('While they talk', TEAL, [first, answered, wrapup, written]);

  const over = flow.node('ctios-agent-events', 'after-call work begins', [0, 4], {
    session,
    events: ['OnAgentStateChange'],
    filter: [{ key: 'AgentState', value: 'WorkReady,WorkNotReady' }],
  });
  const pause = flow.node('delay', 'two seconds', [1.2, 4], { timeout: '2' });
  const now = flow.node('ctios-query', 'how is the agent now?', [2.3, 4], {
    session,
    query: 'object',
    object: 'agent.UniqueObjectID',
    objectType: 'msg',
  });
  const still = flow.node('switch', 'still at work?', [3.4, 4], {
    property: 'payload.AgentState',
    rules: [
      { t: 'eq', v: '5', vt: 'num' },
      { t: 'eq', v: '6', vt: 'num' },
    ],
    checkall: 'false',
    outputs: 2,
  });
  const available = flow.node('ctios-agent', 'make available', [4.5, 4], {
    session,
    request: 'SetAgentState',
    args: [text('AgentState', 'Available')],
    complete: 'OnAgentStateChange',
  });
  const done = shows(flow, 'available again', [5.6, 4], 'agent.AgentID', 'msg');
  flow.chain(over, pause, now, still, available, done);
  flow.wire(still, 1, available);
  const second = flow.comment(
    '2  After the call: two seconds, then available, if the agent is still at work',
    [0.8, 3],
    'The work mode timer of the switch, or the agent, may have been faster: asking first avoids a refused request.',
  );
  flow.group('After they talked', BLUE, [second, over, pause, now, still, available, done]);
  flow.group('What is refused', GREY, catches(flow, [0, 6.5], [wrapup, now, available]));
  return flow;
}

export function transferWithContext(): Flow {
  const flow = new Flow(
    '3 third-party transfer with context',
    `A flow transfers a call on behalf of the agent, and what the agent knows travels with it: first the context is written into the
call's data and confirmed, then the call is transferred to Billing (8003), then the flow waits until it rings at the next
agent, who sees the same contact with the context.

It begins by itself some seconds after the deploy; press the button of *now* for more.`,
  );
  const session = flow.config('ctios-session', '', { seed: 3 }).id;

  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '9', repeat: '20' });
  const talking = flow.node('ctios-query', 'calls that are talked', [0.95, 1], {
    session,
    query: 'calls',
    filter: [
      { key: 'CallStatus', value: '3' },
      { key: 'CallType', value: '1,2' },
    ],
  });
  const pick = flow.node('function', 'one that is not in Billing', [2.2, 1], {
    func: `const call = msg.payload.find((each) => each.DialedNumber !== '8003' && /\\.20\\d\\d$/.test(each.UniqueObjectID));
if (!call) return null;
// The journey's id is the same before and after the transfer: by it the next agent's call is known.
return { call, payload: {}, contact: call.ICMEnterpriseUniqueID, reason: call.CallVariable2 };`,
  });
  const context = flow.node('ctios-call', 'write the context', [3.4, 1], {
    session,
    request: 'SetCallData',
    args: [text('CallVariable3', 'Please check the invoice'), typed('CallVariable4', 'reason', 'msg')],
    complete: 'OnCallDataUpdate',
  });
  const transfer = flow.node('ctios-call', 'transfer to Billing', [4.45, 1], {
    session,
    request: 'SingleStepTransfer',
    args: [text('DialedNumber', '8003')],
    complete: 'OnCallTransferred',
  });
  const arrives = flow.node('ctios-wait', 'rings at the next agent', [5.6, 1], {
    session,
    events: ['OnCallDelivered'],
    match: [typed('ICMEnterpriseUniqueID', 'contact', 'msg')],
    same: 'any',
    timeout: 60,
  });
  const arrived = shows(flow, 'arrived', [6.75, 1], '"at " & agent.AgentID & ": " & call.CallVariable3');
  const lost = shows(flow, 'nobody free within a minute', [6.75, 2], 'contact', 'msg');
  flow.chain(now, talking, pick, context, transfer, arrives, arrived);
  flow.wire(arrives, 1, lost);
  const says = flow.comment('The context first, and confirmed: across gateways nothing set later travels', [0.95, 0]);
  flow.group('A call goes on, with what is known', TEAL, [
    says,
    now,
    talking,
    pick,
    context,
    transfer,
    arrives,
    arrived,
    lost,
  ]);
  flow.group('What is refused', GREY, catches(flow, [0, 4], [talking, context, transfer, arrives]));
  return flow;
}

export function failover(): Flow {
  const flow = new Flow(
    '7 failover seen from a flow',
    `The link to the CTI Server breaks, and the flow sees it: the status of the nodes, the events of the session, and one
*OnConnectionGap* that says from when to when nothing was seen, and which calls and agents changed meanwhile. Nothing
that was not seen is made up; what a snapshot taught is marked \`recovered\`.

The link breaks by itself a few seconds after the deploy, and again whenever you press the button.`,
  );
  const session = flow.config('ctios-session', '', { seed: 7 }).id;

  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '8' });
  const cut = flow.node('ctios-simulate', 'break the link', [1.1, 1], {
    session,
    command: 'breakLink',
    args: [text('how', 'reset')],
  });
  const broken = shows(flow, 'broken', [2.2, 1], 'topic', 'msg');
  flow.chain(now, cut, broken);
  const first = flow.comment('1  Breaks the link to the CTI Server', [0.4, 0]);
  flow.group('The fault', AMBER, [first, now, cut, broken]);

  const sessionEvents = flow.node('ctios-events', 'what the session says', [0, 4], {
    session,
    interface: 'ISessionEvents',
    filter: [],
  });
  const told = shows(flow, 'session', [1.2, 4], 'topic', 'msg');
  const gap = flow.node('ctios-events', 'what was missed', [0, 5], {
    session,
    interface: 'ISessionEvents',
    events: ['OnConnectionGap'],
  });
  const missed = shows(flow, 'gap', [1.2, 5], 'topic', 'msg');
  const status = flow.node('status', 'the nodes’ status', [0, 6], { scope: [sessionEvents.id] });
  const state = flow.node('debug', 'status', [1.2, 6], {
    complete: 'status.text',
    tostatus: true,
    statusVal: 'status.text',
    statusType: 'msg',
  });
  flow.chain(sessionEvents, told);
  flow.chain(gap, missed);
  flow.chain(status, state);
  const second = flow.comment(
    '2  What a flow sees of it',
    [0.35, 3],
    'A Status node turns the colours under the nodes into messages: to send an alarm, say.',
  );
  flow.group('The session', BLUE, [second, sessionEvents, told, gap, missed, status, state]);

  const calls = flow.node('ctios-call-events', 'calls', [0, 9], { session });
  const kind = flow.node('switch', 'recovered?', [1, 9], {
    property: 'ctios.recovered',
    rules: [{ t: 'true' }, { t: 'else' }],
    outputs: 2,
  });
  const recovered = shows(flow, 'learned from a snapshot', [2.2, 8.7], 'topic', 'msg');
  const seen = flow.node('debug', 'seen happen', [2.2, 9.4], {
    active: false,
    tostatus: true,
    statusVal: 'topic',
    statusType: 'msg',
  });
  flow.wire(calls, 0, kind);
  flow.wire(kind, 0, recovered);
  flow.wire(kind, 1, seen);
  const third = flow.comment('3  Calls: seen happen, or learned afterwards', [0.45, 8]);
  flow.group('The calls', TEAL, [third, calls, kind, recovered, seen]);
  flow.group('What is refused', GREY, catches(flow, [0, 11.5], [cut]));
  return flow;
}

export function anyRequest(): Flow {
  const flow = new Flow(
    '9 any request by name',
    `The *request* node sends any request of CTI OS: its name in \`msg.topic\` or in the dialog, its arguments in \`msg.payload\`. The
answer comes back in the same message; what is refused goes to the Catch node, with a code.

The first two are sent by themselves. The third is refused on purpose.`,
  );
  const session = flow.config('ctios-session', '', { seed: 9 }).id;
  const asks = (name: string, line: number, topic: string, payload: unknown, delay: string) =>
    flow.node('inject', name, [0, line], {
      props: [{ p: 'topic', vt: 'str' }, { p: 'payload' }],
      topic,
      payload: JSON.stringify(payload),
      payloadType: 'json',
      once: true,
      onceDelay: delay,
    });
  const list = [
    asks('agent 1001: in which state?', 1, 'QueryAgentState', { AgentID: '1001' }, '3'),
    asks(
      'agent 1001: a break',
      2,
      'SetAgentState',
      { AgentID: '1001', AgentState: 'NotReady', EventReasonCode: 3 },
      '5',
    ),
    asks('agent 4711: there is none', 3, 'SetAgentState', { AgentID: '4711', AgentState: 'Available' }, '7'),
  ];
  const request = flow.node('ctios-request', 'any request', [1.4, 2], { session });
  const answer = shows(flow, 'answer', [2.5, 2], 'topic', 'msg');
  for (const each of list) flow.wire(each, 0, request);
  flow.chain(request, answer);
  const says = flow.comment('msg.topic names the request, msg.payload holds its arguments', [0.55, 0]);
  flow.group('Ask', TEAL, [says, ...list, request, answer]);
  flow.group('What is refused', GREY, catches(flow, [0, 5.5], [request]));
  return flow;
}

export function waiting(): Flow {
  const flow = new Flow(
    '10 waiting for events',
    `A message waits for an event: the flow places a call in the simulated contact center, waits until it rings at an agent,
then until it is answered, then until it is over. Each wait has a second output for the case that the event does not come in
time. An event that came before the message is not missed: the session remembers the last thousand.`,
  );
  const session = flow.config('ctios-session', '', { seed: 10, traffic: 'off' }).id;
  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '3', repeat: '60' });
  const place = flow.node('ctios-simulate', 'a customer calls Sales', [1, 1], {
    session,
    command: 'placeCall',
    args: [text('to', '8001'), text('from', '2065550104')],
  });
  const wait = (name: string, column: number, event: string, timeout: number, same = 'call') =>
    flow.node('ctios-wait', name, [column, 1], {
      session,
      events: [event],
      match: same === 'any' ? [text('ANI', '2065550104')] : [],
      same,
      timeout,
    });
  const rings = wait('until it rings', 2.2, 'OnCallDelivered', 20, 'any');
  const answered = wait('until it is answered', 3.3, 'OnCallEstablished', 20);
  const talk = flow.node('delay', 'three seconds', [4.4, 1], { timeout: '3' });
  const clear = flow.node('ctios-call', 'hang up', [5.4, 1], { session, request: 'ClearConnection' });
  const over = wait('until it is over', 6.4, 'OnCallEnd', 30);
  const end = shows(flow, 'over', [7.5, 1], '"agent " & agent.AgentID');
  const late = shows(flow, 'not in time', [7.5, 2], 'topic', 'msg');
  flow.chain(now, place, rings, answered, talk, clear, over, end);
  for (const each of [rings, answered, over]) flow.wire(each, 1, late);
  const says = flow.comment('Output 1: the event came. Output 2: it did not come in time', [0.55, 0]);
  flow.group('One call, step by step', TEAL, [says, now, place, rings, answered, talk, clear, over, end, late]);
  flow.group('What is refused', GREY, catches(flow, [0, 4], [place, rings, answered, clear, over]));
  return flow;
}

export function mqtt(): Flow {
  const flow = new Flow(
    '8 events to an MQTT broker and back',
    `**Needs an MQTT broker** at \`localhost:1883\`: change the address in the broker's configuration node if yours is elsewhere.

One Node-RED holds the session and publishes each event under \`ctios/<interface>/<event>\`; any number of others subscribe, with a
shared subscription (\`$share/…\`) they divide the work. Requests come back under \`ctios/request/<name>\`, answers go out under
\`ctios/answer/<name>\`. Here both ends stand on one tab.`,
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
