/** Example 11: two Node-REDs of one group on an event stream. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { AMBER, shows, TEAL } from '../parts.js';

/** Where `npm run example:ha` starts NATS and the mock CRM by default. */
export const NATS_URL = 'nats://localhost:4222';
export const CRM_URL = 'http://localhost:1890/pop';
export const GROUP = 'screen-pop';

const KEY = `// The key is the same in every process: a CRM that checks it shows each contact once.
msg.headers = { 'content-type': 'application/json', 'idempotency-key': msg.payload.event + '/' + msg.payload.key };
return msg;`;

export function twoNodeReds(): Flow {
  const flow = new Flow(
    CATALOG.twoNodeReds,
    `In a clone of the project, \`npm run example:ha\` starts a nats-server, a simulated contact center, two \`ctios-server\`s, two
Node-REDs with this flow and a mock CRM, and prints the process id of each. Kill any of them with \`kill -9\`.

Both Node-REDs have the same flow and the same *group* in the session. One receives the events (*ready*), the other is on standby (*warm*). An
event is acknowledged after the nodes have received it. If the active Node-RED is killed, the other one reads the unacknowledged events
again and may post a pop a second time, with the same key. The mock CRM checks the key, as yours should.

To run the example without the command, import the flow into each Node-RED, and set the addresses of the NATS servers and the site in the session.`,
  );
  const session = flow.config('ctios-session', 'Example 11', {
    ...{ connect: 'nats', natsServers: NATS_URL, natsSite: 'site', natsGroup: GROUP },
  }).id;
  const pops = flow.node('ctios-screen-pop', 'each contact', [0, 1], { session, popRinging: true });
  const withKey = flow.node('function', 'add the key', [1, 1], { func: KEY });
  const post = flow.node('http request', 'to the CRM', [2, 1], { method: 'POST', url: CRM_URL, ret: 'txt' });
  const done = shows(flow, 'the CRM has it', [3, 1], '$string(statusCode)');
  flow.wire(pops, 0, withKey);
  flow.wire(pops, 1, withKey);
  flow.chain(withKey, post, done);
  const first = flow.comment('Each contact pops once, whichever Node-RED is active', [0.45, 0]);
  flow.group('Screen pop', TEAL, [first, pops, withKey, post, done]);

  const gaps = flow.node('ctios-events', 'gaps', [0, 4], {
    ...{ session, interface: 'ISessionEvents', events: ['OnConnectionGap'] },
  });
  const gap = shows(flow, 'a gap', [1.2, 4], 'payload.Reason', 'msg');
  flow.chain(gaps, gap);
  const second = flow.comment('Missed events are reported', [0.35, 3]);
  flow.group('Gaps', AMBER, [second, gaps, gap]);
  return flow;
}
