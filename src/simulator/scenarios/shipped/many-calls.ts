/** Scenarios of the whole center. */
import type { Scenario } from '../format.js';
import { onDuty } from './building-blocks.js';

export const queueAndAbandon: Scenario = {
  name: 'queue-and-abandon',
  title: 'A queue, and somebody who has had enough',
  about: 'One agent, three callers: the second waits, the third gives up.',
  steps: [
    ...onDuty('1001'),
    { after: 1, do: 'placeCall', with: { from: '2065550103', to: '8001' }, as: 'first' },
    { until: { call: '$first', is: 'ringing' }, atMost: 30 },
    { after: 1, do: 'answer', with: { agent: '1001' } },
    { after: 1, do: 'placeCall', with: { from: '2065550104', to: '8001' }, as: 'second' },
    { after: 1, do: 'placeCall', with: { from: '', to: '8001', patience: 25 }, as: 'third', note: 'Number withheld.' },
    { until: { call: '$third', is: 'ended' }, atMost: 60 },
    { after: 2, do: 'hangUp', with: { call: '$first' } },
    { do: 'setAgentState', with: { agent: '1001', state: 'Available' }, after: 1 },
    { until: { call: '$second', is: 'ringing' }, atMost: 30 },
    { after: 1, do: 'answer', with: { agent: '1001' } },
    { after: 5, do: 'hangUp', with: { call: '$second' } },
  ],
};

export const morningRush: Scenario = {
  name: 'morning-rush',
  title: 'Monday, eight o’clock',
  about:
    'Calls begin to arrive, then more of them than thirty agents can serve, then fewer; the agents act by themselves.',
  center: { agents: 30, automatic: true },
  steps: [
    { do: 'startTraffic', with: { level: 'gentle' } },
    { after: 60, do: 'startTraffic', with: { level: 'steady' } },
    { after: 240, do: 'startTraffic', with: { level: 'gentle' } },
    { after: 180, do: 'stopTraffic' },
  ],
};
