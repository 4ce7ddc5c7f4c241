import { defineEnum } from '../definition.js';

// Calls and their media.

export const CallStatus = defineEnum({
  kind: 'enum',
  prefix: ['LCS_'],
  values: {
    LCS_NONE: { value: 65535, meaning: 'not applicable' },
    LCS_NULL: { value: 0, meaning: 'no relation between call and device' },
    LCS_INITIATE: { value: 1, meaning: 'dialing' },
    LCS_ALERTING: { value: 2, meaning: 'ringing', aka: ['LCS_Alerting'] },
    LCS_CONNECT: { value: 3, meaning: 'active in the call' },
    LCS_HOLD: { value: 4, meaning: 'on hold', aka: ['LCS_HELD'] },
    LCS_QUEUED: { value: 5, meaning: 'stalled / queued' },
    LCS_FAIL: { value: 6, meaning: 'attempt aborted', aka: ['LSC_Fail'] },
  },
});

export const CallPlacementType = defineEnum({
  kind: 'enum',
  prefix: ['CPT_'],
  notes: ['7 appears only in the ActiveX chapter. Printed parameter type is STRING although values are numeric.'],
  values: {
    CPT_UNSPECIFIED: { value: 0 },
    CPT_LINE_CALL: { value: 1 },
    CPT_OUTBOUND: { value: 2 },
    CPT_OUTBOUND_NO_ACCESS_CODE: { value: 3 },
    CPT_DIRECT_POSITION: { value: 4 },
    CPT_DIRECT_AGENT: { value: 5 },
    CPT_SUPERVISOR_ASSIST: { value: 6 },
    CPT_RECORD_AGENT_GREETING: { value: 7, meaning: 'record greeting call' },
  },
});

export const RTPDirection = defineEnum({
  kind: 'enum',
  values: {
    Input: { value: 0 },
    Output: { value: 1 },
    Bidirectional: { value: 2 },
  },
});

export const RTPType = defineEnum({
  kind: 'enum',
  values: {
    Audio: { value: 0 },
    Video: { value: 1 },
    Data: { value: 2 },
  },
});

export const EchoCancellation = defineEnum({
  kind: 'enum',
  values: {
    Off: { value: 0 },
    On: { value: 1 },
  },
});
