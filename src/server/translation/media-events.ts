/** CTI Server messages about media and calls for help -> arguments of their CTI OS events. */

import type { Args } from '../../ctios/index.js';
import type { MessageOf } from '../../ged188/index.js';
import type { ServerCall } from '../model/entities.js';

type Rtp = MessageOf<'RTP_STARTED_EVENT'> | MessageOf<'RTP_STOPPED_EVENT'>;

/** OnCallRTPStarted and OnCallRTPStopped; the message for a stopped stream does not describe the stream. */
export function rtp(m: Rtp, call: ServerCall | undefined): Args {
  const args: Args = {
    MonitorID: m.MonitorID,
    PeripheralID: m.PeripheralID,
    ClientPort: m.ClientPort,
    Direction: m.Direction,
    ConnectionDeviceIDType: m.ConnectionDeviceIDType,
    ConnectionCallID: m.ConnectionCallID,
  };
  if (m.type === 'RTP_STARTED_EVENT') {
    args.RTPType = m.RTPType;
    args.BitRate = m.BitRate;
    args.EchoCancellation = m.EchoCancellation;
    args.PacketSize = m.PacketSize;
    args.PayloadType = m.PayloadType;
  }
  if (m.ConnectionDeviceID !== undefined) args.ConnectionDeviceID = m.ConnectionDeviceID;
  if (m.ClientAddress !== undefined) args.ClientAddress = m.ClientAddress;
  putAgent(args, m);
  if (call !== undefined) {
    args.UniqueObjectID = call.id;
    if (call.agent !== undefined) args.FilterTarget = call.agent.id;
  }
  return args;
}

/** OnEmergencyCall. */
export function emergencyCall(m: MessageOf<'EMERGENCY_CALL_EVENT'>): Args {
  const args: Args = {
    PeripheralID: m.PeripheralID,
    ConnectionCallID: m.ConnectionCallID,
    ConnectionDeviceIDType: m.ConnectionDeviceIDType,
    SessionID: m.SessionID,
  };
  if (m.ConnectionDeviceID !== undefined) args.ConnectionDeviceID = m.ConnectionDeviceID;
  if (m.ClientID !== undefined) args.ClientID = m.ClientID;
  if (m.ClientAddress !== undefined) args.ClientAddress = m.ClientAddress;
  putAgent(args, m);
  return args;
}

function putAgent(args: Args, m: { AgentID?: string; AgentExtension?: string; AgentInstrument?: string }): void {
  if (m.AgentID !== undefined) args.AgentID = m.AgentID;
  if (m.AgentExtension !== undefined) args.AgentExtension = m.AgentExtension;
  if (m.AgentInstrument !== undefined) args.AgentInstrument = m.AgentInstrument;
}

type NetworkRecording = MessageOf<keyof typeof networkRecordingEvents>;

/** Messages about recording in the network -> our events. */
export const networkRecordingEvents = {
  NETWORK_RECORDING_STARTED_EVENT: 'OnNetworkRecordingStarted',
  NETWORK_RECORDING_ENDED_EVENT: 'OnNetworkRecordingEnded',
  NETWORK_RECORDING_FAILED_EVENT: 'OnNetworkRecordingFailed',
  NETWORK_RECORDING_TARGET_INFO_EVENT: 'OnNetworkRecordingTargetInfo',
} as const;

/** What the messages say beyond the connection, as far as they say it. */
const RECORDING_FIELDS = [
  'ConnectionDeviceID',
  'RecordingDeviceID',
  'RecordFailureCause',
  'RecordingType',
  'MediaForkingDeviceType',
  'MediaForkingDeviceName',
  'MediaForkingClusterID',
  'ProtocolReferenceGUID',
  'TerminalName',
  'RecorderAddress',
  'RecorderURI',
  'RecorderType',
  'RecorderStatus',
  'RecorderErrorMsg',
] as const;

export function networkRecording(m: NetworkRecording, call: ServerCall | undefined): Args {
  const args: Args = {
    MonitorID: m.MonitorID,
    PeripheralID: m.PeripheralID,
    ConnectionCallID: m.ConnectionCallID,
    ConnectionDeviceIDType: m.ConnectionDeviceIDType,
    RecordingDeviceType: m.RecordingDeviceType,
  };
  const fields: Readonly<Record<string, unknown>> = { ...m };
  for (const name of RECORDING_FIELDS) {
    const value = fields[name];
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) args[name] = value;
  }
  if (call === undefined) return args;
  args.UniqueObjectID = call.id;
  if (call.device !== undefined) args.DeviceUniqueObjectID = call.device.id;
  if (call.data.ICMEnterpriseUniqueID !== undefined) args.ICMEnterpriseUniqueID = call.data.ICMEnterpriseUniqueID;
  if (call.agent !== undefined) {
    args.AgentID = call.agent.agentId;
    args.FilterTarget = call.agent.id;
  }
  return args;
}
