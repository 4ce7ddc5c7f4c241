/** Scenarios in which calls move from one agent to another. */
import type { Scenario } from '../format.js';
import { goodbye, talkingTo } from './building-blocks.js';

export const blindTransfer: Scenario = {
  name: 'blind-transfer',
  title: 'A blind transfer',
  about: 'Agent 1001 sends the customer on to agent 1002 without asking first.',
  steps: [
    ...talkingTo('1001'),
    { do: 'loginAgent', with: { agent: '1002' } },
    { after: 4, do: 'transfer', with: { agent: '1001', to: '2002' } },
    { after: 2, do: 'answer', with: { agent: '1002' } },
    { until: { agent: '1002', is: 'Talking' } },
    { after: 5, do: 'hangUp', with: { agent: '1002' } },
  ],
};

export const transferWithContext: Scenario = {
  name: 'transfer-with-context',
  title: 'A transfer with its context',
  about:
    'Agent 1001 writes the case into the call data, consults agent 1002 and transfers: the case travels with the call.',
  steps: [
    ...talkingTo('1001'),
    { do: 'loginAgent', with: { agent: '1002' } },
    {
      after: 3,
      do: 'setCallData',
      with: { agent: '1001', data: { CallVariable4: 'CASE-4711', 'user.CaseSubject': 'late delivery' } },
      note: 'Set on the first call, before the consultation: what is set later need not travel.',
    },
    { after: 2, do: 'consult', with: { agent: '1001', to: '2002', for: 'transfer' } },
    { after: 3, do: 'answer', with: { agent: '1002' } },
    { until: { agent: '1002', is: 'Talking' } },
    { after: 5, do: 'transfer', with: { agent: '1001' } },
    { after: 5, do: 'hangUp', with: { agent: '1002' } },
  ],
};

export const consultAndReconnect: Scenario = {
  name: 'consult-and-reconnect',
  title: 'A consultation that leads nowhere',
  about: 'Agent 1001 asks agent 1002, changes between the two calls, and goes back to the customer.',
  steps: [
    ...talkingTo('1001'),
    { do: 'loginAgent', with: { agent: '1002' } },
    { after: 3, do: 'consult', with: { agent: '1001', to: '2002' } },
    { after: 3, do: 'answer', with: { agent: '1002' } },
    { until: { agent: '1002', is: 'Talking' } },
    { after: 3, do: 'alternate', with: { agent: '1001' }, note: 'To the customer …' },
    { after: 3, do: 'alternate', with: { agent: '1001' }, note: '… and back to the colleague.' },
    { after: 3, do: 'reconnect', with: { agent: '1001' } },
    ...goodbye(),
  ],
};

export const conference: Scenario = {
  name: 'conference',
  title: 'A conference of three agents and a customer',
  about: 'Agent 1001 brings in agent 1002, then agent 1003; they leave one after the other.',
  steps: [
    ...talkingTo('1001'),
    { do: 'loginAgent', with: { agent: '1002' } },
    { do: 'loginAgent', with: { agent: '1003' } },
    { after: 3, do: 'consult', with: { agent: '1001', to: '2002', for: 'conference' } },
    { after: 2, do: 'answer', with: { agent: '1002' } },
    { after: 2, do: 'conference', with: { agent: '1001' } },
    { after: 3, do: 'consult', with: { agent: '1001', to: '2003', for: 'conference' } },
    { after: 2, do: 'answer', with: { agent: '1003' } },
    { after: 2, do: 'conference', with: { agent: '1001' } },
    { after: 5, do: 'hangUp', with: { agent: '1003' } },
    { after: 3, do: 'hangUp', with: { agent: '1001' } },
    { after: 3, do: 'hangUp', with: { agent: '1002' } },
  ],
};
