/** The messages about a session: to itself when it opens, and to those who monitor sessions. */
import {
  AgentState,
  type MessageInit,
  type MessageInitOf,
  NULL_PERIPHERAL_ID,
  ServiceMask,
  SessionType,
  SystemEventID,
} from '../../../ged188/index.js';
import { type Center, peripheralType } from '../center.js';
import { has, monitorIdOf } from '../delivery/audience.js';
import {
  pgStatus,
  rosterOf,
  type SystemStatusFields,
  systemMessage,
  teamMessages,
} from '../messages/agent-messages.js';
import { callDataFields, callReference, routerCallKeyFields } from '../messages/call-data.js';
import { type MessageContext, STATIC } from '../messages/call-fields.js';
import { teamsOf } from '../teams.js';
import type { Binding, Grant } from './open.js';
import type { SimulatorSession } from './session.js';

/** The state of the system at that time. */
export interface SessionOpening {
  readonly center: Center;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** False on a standby side. */
  readonly active: boolean;
  readonly status: SystemStatusFields;
  /** Sessions in service. */
  readonly sessions: Iterable<SimulatorSession>;
  readonly clientsAt: MessageContext['clientsAt'];
}

/** OPEN_CONF, without its InvokeID. */
export function openConfirmation(session: SimulatorSession, situation: SessionOpening): MessageInitOf<'OPEN_CONF'> {
  const { center, status, now, active } = situation;
  const grant = session.grant!;
  const { binding } = grant;
  const agent = binding?.agentId === undefined ? undefined : center.agent(binding.peripheralId, binding.agentId);
  const own = [...center.peripherals()].find((each) => each.id === grant.peripheralId);
  const all = [...center.peripherals()];
  return {
    type: 'OPEN_CONF',
    ServicesGranted: grant.services,
    MonitorID: has(grant, ServiceMask.CTI_SERVICE_CLIENT_EVENTS) ? monitorIdOf(session) : 0,
    PGStatus: pgStatus(status),
    ICMCentralControllerTime: Math.floor(now / 1000),
    PeripheralOnline: own && binding ? own.online : status.peripheralsOffline === 0,
    PeripheralType: peripheralType(center, own?.id ?? all[0]?.id ?? NULL_PERIPHERAL_ID),
    AgentState: agent?.state ?? AgentState.AGENT_STATE_LOGOUT,
    SessionType: active ? SessionType.ACTIVE : SessionType.STANDBY,
    AgentExtension: binding?.extension,
    AgentID: binding?.agentId,
    AgentInstrument: binding?.instrument,
    ...(own === undefined && {
      NumPeripherals: all.length,
      Peripherals: all.map((each) => ({ FltPeripheralID: each.id, MultilineAgentControl: 0 })),
    }),
  };
}

/** The events after OPEN_CONF: the state of the system. */
export function* sessionOpening(session: SimulatorSession, situation: SessionOpening): Generator<MessageInit> {
  const grant = session.grant!;
  const { center, now, status } = situation;
  if (has(grant, ServiceMask.CTI_SERVICE_ALL_EVENTS)) {
    for (const peripheral of center.peripherals()) {
      if (grant.peripheralId !== NULL_PERIPHERAL_ID && grant.peripheralId !== peripheral.id) continue;
      const id = peripheral.online ? SystemEventID.SYS_PERIPHERAL_ONLINE : SystemEventID.SYS_PERIPHERAL_OFFLINE;
      yield systemMessage(id, now, status, { peripheralId: peripheral.id });
    }
  }
  if (grant.binding !== undefined) yield* callsInProgress(session, grant.binding, situation);
  if (has(grant, ServiceMask.CTI_SERVICE_SUPERVISOR)) {
    const { binding } = grant;
    const who = binding?.agentId === undefined ? 'all' : center.agent(binding.peripheralId, binding.agentId);
    if (who) for (const team of teamsOf(center, who)) yield* teamMessages(center, team, 0, rosterOf(team));
  }
  if (has(grant, ServiceMask.CTI_SERVICE_CLIENT_MONITOR)) {
    for (const other of situation.sessions) if (other !== session) yield sessionOpened(other);
  }
}

function* callsInProgress(
  session: SimulatorSession,
  binding: Binding,
  { center, clientsAt }: SessionOpening,
): Generator<MessageInit> {
  const device = binding.instrument && center.device(binding.peripheralId, binding.instrument);
  if (!device) return;
  for (const connection of device.connections) {
    const call = center.call(binding.peripheralId, connection.callId);
    if (call === undefined) continue;
    yield {
      type: 'BEGIN_CALL_EVENT',
      MonitorID: monitorIdOf(session),
      PeripheralID: binding.peripheralId,
      PeripheralType: peripheralType(center, binding.peripheralId),
      CallType: connection.callType,
      ConnectionDeviceIDType: STATIC,
      ConnectionCallID: connection.callId,
      ConnectionDeviceID: connection.deviceId,
      CalledPartyDisposition: call.facts.disposition,
      ...callDataFields(call.data),
      ...routerCallKeyFields(call.facts.routerCallKey),
      CTIClients: clientsAt(binding.peripheralId, connection.deviceId),
      CallReferenceID: callReference(call.facts),
    };
  }
}

/** The message to client monitors about an existing session. */
export function sessionOpened(session: SimulatorSession): MessageInit {
  const grant = session.grant!;
  return {
    type: 'CLIENT_SESSION_OPENED_EVENT',
    ServicesGranted: grant.services,
    CallMsgMask: grant.callMask,
    AgentStateMask: grant.agentMask,
    ...clientFields(session, grant),
  };
}

/** The message to client monitors about one that has ended. @param status why (E_CTI_…) */
export function sessionClosed(session: SimulatorSession, status: number): MessageInit {
  return { type: 'CLIENT_SESSION_CLOSED_EVENT', Status: status, ...clientFields(session, session.grant!) };
}

function clientFields(session: SimulatorSession, grant: Grant) {
  const colon = session.peer.lastIndexOf(':');
  return {
    SessionID: session.id,
    PeripheralID: grant.peripheralId,
    ClientPort: Number(session.peer.slice(colon + 1)) || 0,
    ClientAddress: session.peer.slice(0, Math.max(0, colon)).slice(0, 63),
    ClientID: grant.clientId,
    ClientSignature: grant.signature,
    AgentExtension: grant.binding?.extension,
    AgentID: grant.binding?.agentId,
    AgentInstrument: grant.binding?.instrument,
  };
}
