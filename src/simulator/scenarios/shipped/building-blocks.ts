import type { ScenarioStep } from '../format.js';

/** An agent logs in and is available. */
export const onDuty = (agent: string): ScenarioStep[] => [
  { do: 'loginAgent', with: { agent } },
  { do: 'setAgentState', with: { agent, state: 'Available' } },
];

/** An agent logs in, and talks to a customer. */
export const talkingTo = (agent: string): ScenarioStep[] => [...onDuty(agent), ...calledAt(agent)];

/**
 * A customer known to the mock CRM of the screen-pop example calls; the only available agent answers.
 * @param dialed 8001 sales, 8002 support: where the agent has the skill
 */
export const calledAt = (agent: string, dialed: '8001' | '8002' = '8001'): ScenarioStep[] => [
  {
    after: 2,
    do: 'placeCall',
    with: {
      from: '2065550101',
      to: dialed,
      data: { CallVariable1: '100101', CallVariable2: 'new order', 'user.CustomerTier': 'gold' },
    },
    as: 'customer',
  },
  { until: { agent, is: 'Reserved' }, atMost: 30 },
  { until: { call: '$customer', is: 'ringing' }, atMost: 30 },
  { after: 3, do: 'answer', with: { agent } },
  { until: { agent, is: 'Talking' } },
];

/** The customer hangs up, and the agent finishes. */
export const goodbye = (): ScenarioStep[] => [
  { after: 5, do: 'hangUp', with: { call: '$customer' } },
  { until: { call: '$customer', is: 'ended' } },
];
