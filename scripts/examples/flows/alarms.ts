/** Example 18: reports a state that has lasted too long once, and its end once. */
import { CATALOG } from '../catalog.js';
import { Flow } from '../flow.js';
import { AMBER, BLUE, shows, TEAL } from '../parts.js';

export function alarms(): Flow {
  const flow = new Flow(
    CATALOG.alarms,
    `Each watch node has a condition, a time for which it must hold, and an end. Output 1 reports the beginning, output 2 the end; each agent, call and skill group
is reported on its own, and once. The times are short here, so that something happens soon.

While the link is down, nothing is reported: afterwards the time counts from what the switch reports, or from the end of the outage. In the third group, the alarm ends only when
two agents are available. Otherwise, a single agent who becomes available and takes a call would end it and raise it again.`,
  );
  const session = flow.session({ traffic: 'steady' }).id;
  const row = (key: string, op: string, value: string, type = 'str') => ({ key, op, value, type });

  const wrapUp = flow.node('ctios-watch', 'in wrap-up for 2 s', [0, 1.5], {
    session,
    kind: 'agent',
    filter: [row('AgentState', 'oneOf', 'WorkReady,WorkNotReady')],
    lasts: 2,
  });
  const tooLong = shows(flow, 'in wrap-up', [1.4, 1], 'agent.AgentID', 'msg');
  const again = shows(flow, 'wrap-up over', [1.4, 2], 'payload.seconds', 'msg');
  flow.wire(wrapUp, 0, tooLong);
  flow.wire(wrapUp, 1, again);
  flow.group('Agents', TEAL, [flow.comment('1  Too long in wrap-up', [0.1, 0]), wrapUp, tooLong, again]);

  const long = flow.node('ctios-watch', 'a call of 20 s', [0, 5.5], {
    session,
    kind: 'call',
    filter: [row('CallStatus', 'is', 'LCS_CONNECT')],
    lasts: 20,
  });
  const lasting = shows(flow, 'long call', [1.4, 5], 'payload.object', 'msg');
  const ended = shows(flow, 'call over', [1.4, 6], 'payload.seconds', 'msg');
  flow.wire(long, 0, lasting);
  flow.wire(long, 1, ended);
  flow.group('Calls', BLUE, [flow.comment('2  A call that takes long', [0.1, 4]), long, lasting, ended]);

  const once = flow.node('inject', 'once', [0, 9], { props: [], once: true, onceDelay: '3' });
  const enable = flow.node('ctios-agent', 'enable statistics', [1, 9], {
    session,
    request: 'EnableSkillGroupStatistics',
  });
  const enabled = flow.node('debug', 'enabled', [2.1, 9], {
    tostatus: true,
    statusVal: '"every 10 s"',
    statusType: 'jsonata',
  });
  const refused = flow.node('catch', 'refused', [1, 10], { scope: [enable.id] });
  // While the session starts, the skill groups are not known yet.
  const retry = flow.node('delay', 'five seconds', [0, 10], { timeout: '5' });
  flow.chain(once, enable, enabled);
  flow.chain(refused, retry, enable);
  const nobody = flow.node('ctios-watch', 'nobody available', [0, 11.5], {
    session,
    kind: 'skillgroup',
    filter: [row('AgentsAvail', 'lt', '1', 'num')],
    lasts: 10,
    ends: [row('AgentsAvail', 'gte', '2', 'num')],
  });
  const alarm = shows(flow, 'alarm', [1.4, 11], 'payload.object', 'msg');
  const over = shows(flow, 'alarm over', [1.4, 12], 'payload.seconds', 'msg');
  flow.wire(nobody, 0, alarm);
  flow.wire(nobody, 1, over);
  flow.group('Skill groups', AMBER, [
    flow.comment('3  Nobody available, until two are', [0.2, 8]),
    ...[once, enable, enabled, refused, retry, nobody, alarm, over],
  ]);
  return flow;
}
