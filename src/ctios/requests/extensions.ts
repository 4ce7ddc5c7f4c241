import { defineRequests } from '../definition.js';

const OURS = "A request of this project, not of Cisco's toolkit.";
const ALERTING = 2;
const CONNECT = 3;
const HOLD = 4;

/** Requests of the CTI Server protocol that Cisco's toolkit does not provide. */
export const extensionRequests = defineRequests({
  StartNetworkRecording: {
    object: 'Call',
    does: 'Starts sending the call from the phone or gateway to the recorder',
    required: [],
    optional: ['PlayToneDirection', 'InvocationType'],
    conf: 'OnStartNetworkRecordingConf',
    failure: ['OnControlFailureConf'],
    followOn: ['OnNetworkRecordingStarted', 'OnNetworkRecordingTargetInfo', 'OnNetworkRecordingFailed'],
    ged188: ['START_NETWORK_RECORDING_REQ'],
    node: 'ctios-call',
    group: 'recording',
    modes: ['agent'],
    controls: true,
    callStatus: [CONNECT, HOLD],
    notes: [OURS, 'Requires protocol version 23, and selective recording of the line in Unified CM.'],
  },
  StopNetworkRecording: {
    object: 'Call',
    does: 'Stops sending the call from the phone or gateway to the recorder',
    required: [],
    optional: ['InvocationType'],
    conf: 'OnStopNetworkRecordingConf',
    failure: ['OnControlFailureConf'],
    followOn: ['OnNetworkRecordingEnded'],
    ged188: ['STOP_NETWORK_RECORDING_REQ'],
    node: 'ctios-call',
    group: 'recording',
    modes: ['agent'],
    controls: true,
    notes: [OURS, 'Requires protocol version 23. Use the same InvocationType as at the start.'],
  },
  Deflect: {
    object: 'Call',
    does: 'Sends the ringing call to another number',
    required: ['DialedNumber'],
    optional: [],
    conf: 'OnDeflectCallConf',
    failure: ['OnControlFailureConf'],
    followOn: ['OnCallEnd', 'OnCallDiverted'],
    ged188: ['DEFLECT_CALL_REQ'],
    node: 'ctios-call',
    group: 'call control',
    modes: ['agent'],
    controls: true,
    callStatus: [ALERTING],
    notes: [OURS],
  },
  SetAgentServiceData: {
    object: 'Agent',
    does: 'Reports which assistance services the agent used on a call',
    required: [],
    optional: [
      'AgentID',
      'PeripheralID',
      'CallReference',
      'EnabledService[n]',
      'NumPositiveAnswersSuggestions',
      'NumNegativeAnswersSuggestions',
    ],
    conf: 'OnSetAgentServiceDataConf',
    failure: ['OnControlFailureConf'],
    followOn: [],
    ged188: ['SET_AGENT_SERVICE_DATA_REQ'],
    node: 'ctios-agent',
    group: 'state',
    modes: ['agent'],
    controls: true,
    notes: [
      OURS,
      "Requires protocol version 24. Without CallReference, it applies to the agent's current call.",
      'The numbers of suggestions are sent with version 24 only, because version 25 uses their tags for other fields.',
    ],
  },
});
