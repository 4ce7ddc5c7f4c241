/** Scenarios of agents and their supervisor. In the default center agent 90001 supervises the first team. */
import type { Scenario } from '../format.js';
import { goodbye, onDuty, talkingTo } from './building-blocks.js';

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

export const emergencyCall: Scenario = {
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
