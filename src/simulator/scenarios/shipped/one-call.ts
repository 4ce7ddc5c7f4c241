/** Scenarios of one agent and one call. */
import type { Scenario } from '../format.js';
import { goodbye, onDuty, talkingTo } from './building-blocks.js';

export const inboundCall: Scenario = {
  name: 'inbound-call',
  title: 'The inbound call flow',
  about:
    'A customer calls, the router finds agent 1001, the phone rings, the agent answers, they talk, the customer hangs up.',
  steps: [...talkingTo('1001'), ...goodbye()],
};

export const requestResponse: Scenario = {
  name: 'request-response',
  title: 'Request, confirmation, event',
  about:
    'Agent 1001 asks for one thing after the other, as a desktop does: each request is confirmed, and then shows in an event. ' +
    'One is refused: who is available for calls does not make any.',
  steps: [
    { do: 'loginAgent', with: { agent: '1001' } },
    { after: 2, do: 'makeCall', with: { agent: '1001', to: '2002' }, as: 'colleague' },
    { after: 3, do: 'hangUp', with: { agent: '1001' } },
    { after: 2, do: 'setAgentState', with: { agent: '1001', state: 'Available' } },
    { after: 2, do: 'makeCall', with: { agent: '1001', to: '2002' }, refused: true },
    { after: 2, do: 'setAgentState', with: { agent: '1001', state: 'NotReady', reason: 1 } },
  ],
};

export const holdAndWrapUp: Scenario = {
  name: 'hold-and-wrap-up',
  title: 'Hold, notes, after-call work',
  about: 'The agent puts the customer on hold, takes notes in the call data, comes back, and finishes after the call.',
  steps: [
    ...talkingTo('1001'),
    { after: 4, do: 'hold', with: { agent: '1001' } },
    { until: { agent: '1001', is: 'Hold' } },
    { after: 3, do: 'setCallData', with: { agent: '1001', data: { CallVariable3: 'credit checked' } } },
    { after: 2, do: 'retrieve', with: { agent: '1001' } },
    { until: { agent: '1001', is: 'Talking' } },
    {
      after: 3,
      do: 'setCallData',
      with: { agent: '1001', data: { CallWrapupData: 'order taken' } },
      note: 'Wrap-up data is set while the call is there.',
    },
    { do: 'setAgentState', with: { agent: '1001', state: 'WorkReady' }, note: 'Asked while talking: after the call.' },
    ...goodbye(),
    { until: { agent: '1001', is: 'WorkReady' } },
    { after: 6, do: 'setAgentState', with: { agent: '1001', state: 'Available' } },
  ],
};

export const ringNoAnswer: Scenario = {
  name: 'ring-no-answer',
  title: 'Nobody answers, the call goes on',
  about: 'Agent 1001 lets it ring. The call is taken away, the agent made not ready, and agent 1004 gets the call.',
  steps: [
    ...onDuty('1001'),
    { after: 1, do: 'placeCall', with: { from: '2065550102', to: '8001' }, as: 'customer' },
    { until: { agent: '1001', is: 'Reserved' }, atMost: 30 },
    ...onDuty('1004'),
    { until: { agent: '1001', is: 'NotReady' }, atMost: 60 },
    { until: { call: '$customer', is: 'ringing' }, atMost: 30 },
    { after: 2, do: 'answer', with: { agent: '1004' } },
    { until: { agent: '1004', is: 'Talking' } },
    ...goodbye(),
  ],
};
