/** Example 7: both CTI Servers go down for five seconds, and a flow observes it. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { AMBER, BLUE, catches, GREY, shows, showsPart, TEAL, text } from '../parts.js';

const START = `// What snapshots have revealed since the last gap.
globalThis.learned = new Map();`;

const MISSED = `// After an outage, the session compares a snapshot with its own state. Each difference arrives as an event marked "recovered": new
// and changed objects, and those that have ended. OnConnectionGap arrives last, with the time span that was not observed.
const { topic, payload, call } = msg;
const STATUS = { 1: 'dialing', 2: 'ringing', 3: 'talking', 4: 'on hold', 5: 'waiting' };
if (topic !== 'OnConnectionGap') {
  if (!msg.ctios.recovered) return [null, msg];
  const { ANI, CallingDeviceID, DialedNumber, CallStatus } = call || payload;
  const about = { id: payload.UniqueObjectID, from: ANI || CallingDeviceID, to: DialedNumber, agent: msg.agent && msg.agent.AgentID };
  if (topic === 'OnCallEnd') learned.set(about.id, { ...about, now: 'ended during the outage' });
  else if (topic === 'OnSnapshotCallConf') learned.set(about.id, { ...about, now: STATUS[CallStatus] || 'in progress' });
  return null;
}
const { From, To, Reason, CallsNew = 0, CallsChanged = 0, CallsEnded = 0, AgentsChanged = 0, Changed = {} } = payload;
// No CTI Server knows about calls that began and ended within the gap.
const calls = [...learned.values()].filter(({ id }) => Changed[id]);
learned.clear();
const seconds = Math.round((Date.parse(To) - Date.parse(From)) / 1000);
msg.topic = seconds + ' s: ' + CallsNew + ' calls new, ' + CallsEnded + ' ended';
msg.payload = { seconds, from: From, to: To, reason: Reason, callsNew: CallsNew, callsChanged: CallsChanged, callsEnded: CallsEnded, agentsChanged: AgentsChanged, calls };
return [msg, null];`;

export function failover(): Flow {
  const flow = new Flow(
    CATALOG.failover,
    `The flow receives the status of the nodes, the events of the session, the calls that it missed, and one *OnConnectionGap* with the
beginning and the end of the outage. Nothing is fabricated: events that were derived from a snapshot are marked \`recovered\`. The session
reconnects immediately, then after a pause. Click the button of *now* for another outage.`,
  );
  const session = flow.session({ traffic: 'steady', agents: 36 }).id;
  const fault = (name: string, column: number, command: string, side: string) =>
    flow.node('ctios-simulate', name, [column, 1], { session, command, args: [text('side', side)] });

  const now = flow.node('inject', 'now', [0, 1], { props: [], once: true, onceDelay: '8' });
  const stopB = fault('side B stops', 0.9, 'stopSide', 'B');
  const stopA = fault('side A stops', 1.8, 'stopSide', 'A');
  const pause = flow.node('delay', 'five seconds', [2.7, 1], { timeout: '5' });
  const startA = fault('side A starts', 3.6, 'startSide', 'A');
  const startB = fault('side B starts', 4.5, 'startSide', 'B');
  const over = shows(flow, 'outage over', [5.4, 1], 'topic', 'msg');
  flow.chain(now, stopB, stopA, pause, startA, startB, over);
  const first = flow.comment('1  Both CTI Servers are down for five seconds', [0.4, 0]);
  flow.group('The outage', AMBER, [first, now, stopB, stopA, pause, startA, startB, over]);

  const sessionEvents = flow.node('ctios-events', 'session events', [0, 4], {
    session,
    interface: 'ISessionEvents',
    // Without what is sent once for each phone.
    events: ['OnConnection', 'OnConnectionFailure', 'OnCTIOSFailure', 'OnMonitorModeEstablished', 'OnConnectionGap'],
  });
  const told = shows(flow, 'session', [1.2, 4], 'topic', 'msg');
  const status = flow.node('status', 'status of the node', [0, 5], { scope: [sessionEvents.id] });
  const state = showsPart(flow, 'status', [1.2, 5], 'status.text', 'status.text');
  flow.chain(sessionEvents, told);
  flow.chain(status, state);
  const second = flow.comment(
    '2  What a flow sees of the outage',
    [0.35, 3],
    'A Status node turns the status below other nodes into messages, for example to send an alert.',
  );
  flow.group('The session', BLUE, [second, sessionEvents, told, status, state]);

  const calls = flow.node('ctios-events', 'calls and gaps', [0, 8.5], {
    session,
    interface: 'AllInOne',
    events: ['OnCallDelivered', 'OnCallEstablished', 'OnCallEnd', 'OnSnapshotCallConf', 'OnConnectionGap'],
  });
  const missed = flow.node('function', 'live or recovered?', [1.2, 8.5], {
    func: MISSED,
    initialize: START,
    outputs: 2,
  });
  const list = shows(flow, 'missed', [2.4, 8], 'topic', 'msg');
  const seen = flow.node('debug', 'observed live', [2.4, 9], {
    active: false,
    tostatus: true,
    statusVal: 'topic',
    statusType: 'msg',
  });
  flow.chain(calls, missed, list);
  flow.wire(missed, 1, seen);
  const third = flow.comment('3  Calls: observed live, or missed and recovered', [0.6, 7]);
  flow.group('The calls', TEAL, [third, calls, missed, list, seen]);
  flow.group('Errors', GREY, catches(flow, [0, 11.5], [stopB, stopA, startA, startB]));
  return flow;
}
