/** Scenarios with failures. */
import type { Scenario } from '../format.js';
import { goodbye, talkingTo } from './building-blocks.js';

export const failoverInTransfer: Scenario = {
  name: 'failover-in-transfer',
  title: 'A CTI Server dies in mid-transfer',
  about:
    'Agent 1001 consults agent 1002; side A of the CTI Servers dies; the transfer is done at the phones while clients ' +
    'find side B. Nobody’s desktop may show a call that is not there.',
  steps: [
    ...talkingTo('1001'),
    { do: 'loginAgent', with: { agent: '1002' } },
    { after: 3, do: 'consult', with: { agent: '1001', to: '2002' } },
    { after: 2, do: 'answer', with: { agent: '1002' } },
    { until: { agent: '1002', is: 'Talking' } },
    { after: 2, do: 'stopSide', with: { side: 'A', how: 'crash' } },
    { do: 'transfer', with: { agent: '1001' }, note: 'In the same moment, at the phone.' },
    { after: 10, do: 'startSide', with: { side: 'A' } },
    { after: 5, do: 'hangUp', with: { agent: '1002' } },
  ],
};

export const maintenanceHandOver: Scenario = {
  name: 'maintenance-hand-over',
  title: 'Maintenance without a gap',
  about:
    'During a call the active CTI Server hands its clients over to the standby (protocol 24 and later) and comes back.',
  steps: [
    ...talkingTo('1001'),
    { after: 3, do: 'maintenance' },
    { after: 12, do: 'maintenance', with: { end: true } },
    ...goodbye(),
  ],
};

export const peripheralOutage: Scenario = {
  name: 'peripheral-outage',
  title: 'The switch is gone for a while',
  about: 'The central controller, then the peripheral, then a phone are out; each comes back.',
  steps: [
    ...talkingTo('1001'),
    { after: 3, do: 'centralControllerOffline' },
    { after: 5, do: 'centralControllerOnline' },
    { after: 3, do: 'peripheralOffline' },
    { until: { call: '$customer', is: 'ended' }, note: 'Its calls are lost to it, whatever the voice does.' },
    { after: 5, do: 'makeCall', with: { agent: '1001', to: '2003' }, refused: true },
    { after: 5, do: 'peripheralOnline' },
    { after: 3, do: 'instrumentOutOfService', with: { instrument: '2002' } },
    { after: 5, do: 'instrumentInService', with: { instrument: '2002' } },
  ],
};

export const troubledSwitch: Scenario = {
  name: 'troubled-switch',
  title: 'A switch with a bad day',
  about: 'Confirmations come late, requests are refused, agent events come twice and late; clients must not care.',
  center: { automatic: true, traffic: 'gentle' },
  steps: [
    { after: 10, do: 'slowConfirmations', with: { ms: 3000 } },
    { after: 20, do: 'slowConfirmations', with: { ms: 0 } },
    { do: 'refuseRequests', with: { times: 5 } },
    { after: 20, do: 'duplicateAgentEvents' },
    { after: 20, do: 'delayAgentEvents', with: { ms: 400 } },
    { after: 20, do: 'clearFaults' },
    { after: 10, do: 'breakLink', with: { how: 'reset' } },
  ],
};
