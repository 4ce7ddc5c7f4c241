import type { Step } from '../format.js';

/** An agent logs in and is available. */
export const onDuty = (agent: string): Step[] => [
  { do: 'loginAgent', with: { agent } },
  { do: 'setAgentState', with: { agent, state: 'Available' } },
];

/** A customer whom the mock CRM of the screen-pop example knows calls sales, and the agent talks to her. */
export const talkingTo = (agent: string): Step[] => [
  ...onDuty(agent),
  {
    after: 2,
    do: 'placeCall',
    with: {
      from: '2065550101',
      to: '8001',
      data: { CallVariable1: '100101', CallVariable2: 'new order', 'user.CustomerTier': 'gold' },
    },
    as: 'customer',
  },
  { until: { agent, is: 'Reserved' }, atMost: 30 },
  { until: { call: '$customer', is: 'ringing' }, atMost: 30 },
  { after: 3, do: 'answer', with: { agent } },
  { until: { agent, is: 'Talking' } },
];

/** The customer leaves, and the agent is done with it. */
export const goodbye = (): Step[] => [
  { after: 5, do: 'hangUp', with: { call: '$customer' } },
  { until: { call: '$customer', is: 'ended' } },
];
