/** CTI Server messages about media and calls for help -> arguments of their CTI OS events. */

import type { Args } from '../../ctios/index.js';
import type { MessageOf } from '../../ged188/index.js';
import type { ServerCall } from '../model/entities.js';

type Rtp = MessageOf<'RTP_STARTED_EVENT'> | MessageOf<'RTP_STOPPED_EVENT'>;

/** OnCallRTPStarted and OnCallRTPStopped; what a stopped stream was like is not in its message. */
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
