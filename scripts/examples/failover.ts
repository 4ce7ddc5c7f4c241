/** Example 7: the link breaks, and a flow sees it. */
import { CATALOG } from './catalog.js';
import { Flow } from './flow.js';
import { AMBER, BLUE, catches, GREY, shows, TEAL, text } from './parts.js';

export function failover(): Flow {
  const flow = new Flow(
    CATALOG.failover,
    `The flow sees the status of the nodes, the events of the session, and one *OnConnectionGap* that says from when to when nothing was
seen, and which calls and agents changed meanwhile. Nothing that was not seen is made up; what a snapshot taught is marked
\`recovered\`. Press the button of *now* to break the link again.`,
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
