/** Scenarios of agents and their supervisor. In the default center agent 90001 supervises the first team. */
import type { Scenario } from '../format.js';
import { calledAt, goodbye, onDuty, talkingTo } from './building-blocks.js';

const SUPERVISOR = '90001';

export const supervisorHelp: Scenario = {
  name: 'supervisor-help',
  title: 'Listening, joining, taking over',
  about: 'A supervisor listens to agent 1001, joins the call, and takes it over.',
  steps: [
    { do: 'loginAgent', with: { agent: SUPERVISOR } },
    ...talkingTo('1001'),
    { after: 4, do: 'supervise', with: { supervisor: SUPERVISOR, agent: '1001', action: 'monitor' } },
    { after: 5, do: 'supervise', with: { supervisor: SUPERVISOR, agent: '1001', action: 'clear' } },
    { after: 2, do: 'supervise', with: { supervisor: SUPERVISOR, agent: '1001', action: 'bargeIn' } },
    { after: 5, do: 'supervise', with: { supervisor: SUPERVISOR, agent: '1001', action: 'intercept' } },
    ...goodbye(),
  ],
};

export const emergencyCallScenario: Scenario = {
  name: 'emergency-call',
  title: 'A call for help',
  about: 'A caller threatens; agent 1001 makes an emergency call, which reaches the supervisor.',
  steps: [
    ...onDuty(SUPERVISOR).slice(0, 1),
    ...talkingTo('1001'),
    { after: 3, do: 'emergency', with: { agent: '1001' } },
    { after: 2, do: 'answer', with: { agent: SUPERVISOR } },
    { after: 2, do: 'conference', with: { agent: '1001' }, note: 'Now the supervisor hears it, too.' },
    { after: 5, do: 'hangUp', with: { call: '$customer' } },
    { after: 3, do: 'hangUp', with: { agent: '1001' } },
    { until: { call: '$customer', is: 'ended' } },
  ],
};

const ready = (agent: string, by?: string) =>
  ({
    after: 5,
    do: 'setAgentState',
    with: { agent, state: 'Available', ...(by === undefined ? {} : { supervisor: by }) },
  }) as const;

const supervises = (action: string, agent: string, after: number) =>
  ({ after, do: 'supervise', with: { supervisor: SUPERVISOR, agent, action } }) as const;

/** The agent has requested help: the supervisor answers and joins the customer's call. */
const joinsAfterHelp = (agent: string) =>
  [
    { after: 3, do: 'answer', with: { agent: SUPERVISOR } },
    { after: 4, do: 'conference', with: { agent } },
  ] as const;

export const supervisorsMorning: Scenario = {
  name: 'supervisors-morning',
  title: 'A supervisor’s morning',
  about:
    'The team comes in; supervisor 90001 listens to a call of agent 1001, joins it and takes it over; an assist, an ' +
    'emergency; one agent is set ready, another logged out when the call is over.',
  steps: [
    {
      do: 'loginAgent',
      with: { agent: SUPERVISOR },
      note: 'Watch the grid: RequestAgentTeamList, StartMonitoringAllAgentTeams.',
    },
    { after: 10, do: 'loginAgent', with: { agent: '1001' } },
    { after: 5, do: 'loginAgent', with: { agent: '1002' } },
    { after: 5, do: 'loginAgent', with: { agent: '1003' } },
    ready('1001'),
    ...calledAt('1001'),
    { ...supervises('monitor', '1001', 5), note: 'The supervisor listens; neither agent nor customer notice.' },
    { ...supervises('clear', '1001', 10), note: 'Listening ends before a barge-in.' },
    { ...supervises('bargeIn', '1001', 2), note: 'All three talk …' },
    { ...supervises('intercept', '1001', 10), note: '… and the agent is out of it.' },
    { until: { agent: '1001', is: 'WorkReady' } },
    { after: 20, do: 'hangUp', with: { agent: SUPERVISOR } },
    { until: { call: '$customer', is: 'ended' } },
    ready('1001'),
    ...calledAt('1001'),
    { after: 8, do: 'assist', with: { agent: '1001' }, note: 'The customer waits, the supervisor is asked.' },
    ...joinsAfterHelp('1001'),
    { after: 10, do: 'hangUp', with: { agent: SUPERVISOR } },
    ...goodbye(),
    { after: 5, do: 'setAgentState', with: { agent: '1001', state: 'NotReady', reason: 2 }, note: 'A break.' },
    { ...ready('1002', SUPERVISOR), note: 'The supervisor wants somebody at the phones.' },
    { until: { agent: '1002', is: 'Available' } },
    ...calledAt('1002', '8002'),
    { after: 8, do: 'emergency', with: { agent: '1002' }, note: 'A threat: every desktop of the team is told.' },
    ...joinsAfterHelp('1002'),
    {
      after: 5,
      do: 'setAgentState',
      with: { agent: '1002', state: 'Logout', supervisor: SUPERVISOR },
      note: 'That is enough for today: when the call is over.',
    },
    { until: { agent: '1002', is: 'Talking' } },
    { after: 10, do: 'hangUp', with: { agent: SUPERVISOR } },
    ...goodbye(),
    { until: { agent: '1002', is: 'Logout' }, atMost: 5 },
  ],
};
