/** Requests of the Peripheral Monitor, Client Monitor and Supervisor services: monitors, and what supervisors do. */
import {
  ConnectionDeviceIDType,
  Limits,
  type MessageInitOf,
  type MessageOf,
  NULL_CALL_ID,
  ServiceMask,
  StatusCode,
} from '../../../ged188/index.js';
import type { AgentView, TeamConfig } from '../../model/state/types.js';
import type { Center } from '../center.js';
import type { MonitorTarget } from '../delivery/audience.js';
import { definedBits } from '../delivery/masks.js';
import { rosterOf, teamMessages } from '../messages/agent-messages.js';
import { STATIC } from '../messages/call-fields.js';
import { teamsOf } from '../teams.js';
import { find, namedAgent } from './agents.js';
import {
  answerWith,
  confirm,
  missing,
  refuseRequest,
  requestTable,
  type SimulatorRequestContext,
} from './definition.js';

export const peripheralMonitor = requestTable({
  MONITOR_START_REQ: {
    service: ServiceMask.CTI_SERVICE_PERIPHERAL_MONITOR,
    run(request, context) {
      const target = monitorTarget(request, context.center);
      if (typeof target === 'number') return refuseRequest(target);
      const invalid = context.strict ? invalidMask(request, context) : undefined;
      if (invalid !== undefined) return refuseRequest(invalid);
      const id = addMonitor(context, target, request.CallMsgMask, request.AgentStateMask);
      return id === undefined
        ? refuseRequest(StatusCode.E_CTI_MONITOR_ALREADY_EXISTS)
        : confirm({ type: 'MONITOR_START_CONF', MonitorID: id });
    },
  },
  MONITOR_STOP_REQ: {
    service: ServiceMask.CTI_SERVICE_PERIPHERAL_MONITOR,
    run: ({ MonitorID }, { session }) => {
      const kind = session.monitors.get(MonitorID)?.target.kind;
      if (kind !== 'device' && kind !== 'call') return refuseRequest(StatusCode.E_CTI_INVALID_MONITORID);
      session.monitors.delete(MonitorID);
      return confirm({ type: 'MONITOR_STOP_CONF' });
    },
  },
  CHANGE_MONITOR_MASK_REQ: {
    service: ServiceMask.CTI_SERVICE_PERIPHERAL_MONITOR,
    run(request, context) {
      const monitor = context.session.monitors.get(request.MonitorID);
      if (monitor === undefined) return refuseRequest(StatusCode.E_CTI_INVALID_MONITORID);
      const invalid = context.strict ? invalidMask(request, context) : undefined;
      if (invalid !== undefined) return refuseRequest(invalid);
      monitor.callMask = request.CallMsgMask;
      monitor.agentMask = request.AgentStateMask;
      return confirm({ type: 'CHANGE_MONITOR_MASK_CONF' });
    },
  },
});

export const clientMonitor = requestTable({
  SESSION_MONITOR_START_REQ: {
    service: ServiceMask.CTI_SERVICE_CLIENT_MONITOR,
    run({ SessionID }, context) {
      if (SessionID === context.session.id) return refuseRequest(StatusCode.E_CTI_SESSION_MONITOR_IS_CLIENTS);
      const other = context.server.session(SessionID);
      if (other?.grant === undefined) return refuseRequest(StatusCode.E_CTI_CLIENT_NOT_FOUND);
      const target: MonitorTarget = { kind: 'session', sessionId: SessionID, grant: other.grant };
      const id = addMonitor(context, target, other.grant.callMask, other.grant.agentMask);
      return id === undefined
        ? refuseRequest(StatusCode.E_CTI_SESSION_MONITOR_ALREADY_EXISTS)
        : confirm({ type: 'SESSION_MONITOR_START_CONF', MonitorID: id });
    },
  },
  SESSION_MONITOR_STOP_REQ: {
    service: ServiceMask.CTI_SERVICE_CLIENT_MONITOR,
    run: ({ MonitorID }, { session }) => {
      if (session.monitors.get(MonitorID)?.target.kind !== 'session') {
        return refuseRequest(StatusCode.E_CTI_INVALID_MONITORID);
      }
      session.monitors.delete(MonitorID);
      return confirm({ type: 'SESSION_MONITOR_STOP_CONF' });
    },
  },
});

export const supervisor = requestTable({
  SUPERVISE_CALL_REQ: {
    service: ServiceMask.CTI_SERVICE_SUPERVISOR,
    control: true,
    run(request, { center }) {
      const { PeripheralID: peripheralId } = request;
      const agent = namedAgent(center, request);
      const agentConnection = optionalRef(
        peripheralId,
        request.AgentConnectionCallID,
        request.AgentConnectionDeviceID ?? agent?.instrument,
      );
      const supervisorConnection = optionalRef(
        peripheralId,
        request.SupervisorConnectionCallID,
        request.SupervisorConnectionDeviceID ?? request.SupervisorInstrument,
      );
      const supervisorInstrument = request.SupervisorInstrument ?? supervisorConnection?.deviceId;
      if (supervisorInstrument === undefined) return missing;
      const outcome = center.supervise({
        action: request.SupervisoryAction,
        peripheralId,
        agentId: request.AgentID ?? agent?.agentId,
        agentInstrument: request.AgentInstrument,
        supervisorInstrument,
        ...(agentConnection && { agentConnection }),
        ...(supervisorConnection && { supervisorConnection }),
      });
      return answerWith(outcome, ({ connection }) => ({
        type: 'SUPERVISE_CALL_CONF',
        ConnectionCallID: connection.callId,
        ConnectionDeviceIDType: STATIC,
        ConnectionDeviceID: connection.deviceId,
      }));
    },
  },
  LIST_AGENT_TEAM_REQ: {
    service: ServiceMask.CTI_SERVICE_SUPERVISOR,
    run({ InvokeID, SupervisorID }, { center }) {
      const asked = bySupervisorId(center, SupervisorID);
      if (asked === undefined) return refuseRequest(StatusCode.E_CTI_SUPERVISOR_NOT_FOUND);
      const teams = [...teamsOf(center, asked)];
      if (teams.length === 0) return refuseRequest(StatusCode.E_CTI_TEAM_NOT_FOUND);
      const [first, ...rest] = segments(teams);
      return confirm(
        first!,
        rest.map((each) => ({ ...each, InvokeID })),
      );
    },
  },
  MONITOR_AGENT_TEAM_START_REQ: {
    service: ServiceMask.CTI_SERVICE_SUPERVISOR,
    run({ TeamID }, context) {
      const team = find(context.center.teams(), (each) => each.id === TeamID);
      if (team === undefined) return refuseRequest(StatusCode.E_CTI_TEAM_NOT_FOUND);
      const { callMask, agentMask } = context.session.grant!;
      const target: MonitorTarget = { kind: 'team', peripheralId: team.peripheralId, teamId: TeamID };
      const id = addMonitor(context, target, callMask, agentMask);
      if (id === undefined) return refuseRequest(StatusCode.E_CTI_AGENT_TEAM_MONITOR_ALREADY_EXISTS);
      return confirm(
        { type: 'MONITOR_AGENT_TEAM_START_CONF', MonitorID: id },
        teamMessages(context.center, team, 0, rosterOf(team)),
      );
    },
  },
  MONITOR_AGENT_TEAM_STOP_REQ: {
    service: ServiceMask.CTI_SERVICE_SUPERVISOR,
    run: ({ MonitorID }, { session }) => {
      if (session.monitors.get(MonitorID)?.target.kind !== 'team')
        return refuseRequest(StatusCode.E_CTI_INVALID_MONITORID);
      session.monitors.delete(MonitorID);
      return confirm({ type: 'MONITOR_AGENT_TEAM_STOP_CONF' });
    },
  },
});

/** SupervisorID is a number: an ICMAgentID, or an agent id made of digits; 0 or all ones: every team. */
function bySupervisorId(center: Center, id: number): AgentView | 'all' | undefined {
  if (id === 0 || id === 0xffffffff) return 'all';
  return (
    find(center.agents(), (agent) => agent.icmAgentId === id && agent.config.supervisor) ??
    find(center.agents(), (agent) => agent.agentId === String(id) && agent.config.supervisor)
  );
}

function segments(teams: readonly TeamConfig[]): MessageInitOf<'LIST_AGENT_TEAM_CONF'>[] {
  const most = Limits.MAX_AGENT_TEAMS;
  const count = Math.ceil(teams.length / most);
  return Array.from({ length: count }, (_, index) => ({
    type: 'LIST_AGENT_TEAM_CONF' as const,
    SegmentNumber: index + 1,
    More: Number(index + 1 < count),
    AgentTeams: teams.slice(index * most, (index + 1) * most).map((team) => ({ TeamID: team.id })),
  }));
}

/** @returns the MonitorID; undefined if the session already monitors this */
function addMonitor(
  { session, server }: SimulatorRequestContext,
  target: MonitorTarget,
  callMask: number,
  agentMask: number,
): number | undefined {
  for (const { target: other } of session.monitors.values()) if (sameTarget(target, other)) return undefined;
  const id = server.newMonitorId();
  session.monitors.set(id, { id, callMask, agentMask, target });
  return id;
}

function sameTarget(one: MonitorTarget, other: MonitorTarget): boolean {
  if (one.kind === 'session') return other.kind === 'session' && one.sessionId === other.sessionId;
  if (other.kind === 'session' || one.peripheralId !== other.peripheralId) return false;
  if (one.kind === 'device') return other.kind === 'device' && one.deviceId === other.deviceId;
  if (one.kind === 'team') return other.kind === 'team' && one.teamId === other.teamId;
  return other.kind === 'call' && one.callId === other.callId && one.deviceId === other.deviceId;
}

function monitorTarget(request: MessageOf<'MONITOR_START_REQ'>, center: Center): MonitorTarget | number {
  const { PeripheralID: peripheralId, ConnectionCallID: callId, MonitoredDeviceID: deviceId } = request;
  if (!find(center.peripherals(), (each) => each.id === peripheralId)) return StatusCode.E_CTI_INVALID_PERIPHERAL_ID;
  const onCall =
    request.ConnectionDeviceIDType !== ConnectionDeviceIDType.CONNECTION_ID_NONE && callId !== NULL_CALL_ID;
  const onDevice = deviceId !== undefined;
  if (onCall && onDevice) return StatusCode.E_CTI_MUTUALLY_EXCLUS_DEVICEID_TYPES;
  if (onDevice) {
    const device = center.device(peripheralId, deviceId);
    return device ? { kind: 'device', peripheralId, deviceId: device.id } : StatusCode.E_CTI_INVALID_DEVICE;
  }
  if (!onCall) return StatusCode.E_CTI_REQUIRED_DATA_MISSING;
  if (center.call(peripheralId, callId) === undefined) return StatusCode.E_CTI_INVALID_CALLID;
  return { kind: 'call', peripheralId, callId, deviceId: request.ConnectionDeviceID };
}

function invalidMask(
  request: { CallMsgMask: number; AgentStateMask: number },
  { session }: SimulatorRequestContext,
): number | undefined {
  if (request.CallMsgMask & ~definedBits.call(session.grant!.version)) return StatusCode.E_CTI_INVALID_CALL_MSG_MASK;
  if (request.AgentStateMask & ~definedBits.agent()) return StatusCode.E_CTI_INVALID_AGENT_STATE_MASK;
  return undefined;
}

function optionalRef(peripheralId: number, callId: number, deviceId: string | undefined) {
  return callId === NULL_CALL_ID || callId === 0 || deviceId === undefined
    ? undefined
    : { peripheralId, callId, deviceId };
}
