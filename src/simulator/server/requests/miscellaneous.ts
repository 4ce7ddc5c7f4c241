/** Requests that every session may make, and those of the Server service: messages, variables, recording. */
import {
  ControlFailureCode,
  Distribution,
  type MessageOf,
  ServerMode,
  ServiceMask,
  StatusCode,
} from '../../../ged188/index.js';
import type { AgentView } from '../../model/state/types.js';
import type { SimulatorSession } from '../session/session.js';
import { teamsOf } from '../teams.js';
import { find, namedAgent } from './agents.js';
import {
  type Answer,
  answerWith,
  confirm,
  connectionRef,
  missing,
  refuseControl,
  refuseRequest,
  requestTable,
  type SimulatorRequestContext,
} from './definition.js';

/** The one service that a client can offer: a recorder of calls. */
export const RECORDING_SERVICE = 'Cisco:CallRecording';
const DEFINED_CALL_VARIABLES = 0x3ff;

export const miscellaneous = requestTable({
  CLIENT_EVENT_REPORT_REQ: { service: 0, run: () => confirm({ type: 'CLIENT_EVENT_REPORT_CONF' }) },
  SET_APP_DATA_REQ: {
    service: 0,
    run: (request) => (request.ApplicationPathID === undefined ? missing : confirm({ type: 'SET_APP_DATA_CONF' })),
  },
  USER_MESSAGE_REQ: {
    service: 0,
    run(request, context) {
      if (request.Text === undefined) return missing;
      const to = recipients(request, context);
      if (typeof to === 'number') return refuseRequest(to);
      for (const session of to) {
        session.send({
          type: 'USER_MESSAGE_EVENT',
          ICMCentralControllerTime: Math.floor(context.clock.now() / 1000),
          Distribution: request.Distribution,
          ClientID: context.session.grant?.clientId,
          Text: request.Text,
        });
      }
      return confirm({ type: 'USER_MESSAGE_CONF' });
    },
  },
  REGISTER_VARIABLES_REQ: {
    service: 0,
    run(request, { center, session, strict }) {
      if (strict && request.CallVariableMask & ~DEFINED_CALL_VARIABLES) {
        return refuseRequest(StatusCode.E_CTI_INVALID_CALL_VARIABLE_MASK);
      }
      const known = center.config.eccVariables;
      const scalars = request.NamedVariables.map((each) => each.VariableName ?? '');
      const arrays = request.NamedArrays.map((each) => each.VariableName ?? '');
      const is = (name: string, array: boolean) =>
        known === undefined || known.some((each) => each.name === name && (each.size !== undefined) === array);
      if (!scalars.every((name) => is(name, false)))
        return refuseRequest(StatusCode.E_CTI_NAMED_VARIABLE_NOT_CONFIGURED);
      if (!arrays.every((name) => is(name, true))) return refuseRequest(StatusCode.E_CTI_NAMED_ARRAY_NOT_CONFIGURED);
      session.registered = { callVariableMask: request.CallVariableMask, names: new Set([...scalars, ...arrays]) };
      return confirm({ type: 'REGISTER_VARIABLES_CONF' });
    },
  },
});

export const serverService = requestTable({
  REGISTER_SERVICE_REQ: {
    service: ServiceMask.CTI_SERVICE_SERVER,
    run({ ServerMode: mode, ServiceName }, { server, session }) {
      if (ServiceName !== RECORDING_SERVICE) return refuseRequest(StatusCode.E_CTI_INVALID_SERVICE);
      if (!Object.values<number>(ServerMode).includes(mode)) return refuseRequest(StatusCode.E_CTI_INVALID_SERVICE);
      const id = server.recorders.register(session, mode);
      return id === undefined
        ? refuseRequest(StatusCode.E_CTI_SERVICE_CONFLICT)
        : confirm({ type: 'REGISTER_SERVICE_CONF', RegisteredServiceID: id });
    },
  },
  UNREGISTER_SERVICE_REQ: {
    service: ServiceMask.CTI_SERVICE_SERVER,
    run: ({ RegisteredServiceID }, { server, session }) =>
      server.recorders.unregister(session, RegisteredServiceID)
        ? confirm({ type: 'UNREGISTER_SERVICE_CONF' })
        : refuseRequest(StatusCode.E_CTI_INVALID_SERVICE),
  },
  START_RECORDING_REQ: { service: 0, control: true, run: (request, context) => record(request, context) },
  STOP_RECORDING_REQ: { service: 0, control: true, run: (request, context) => record(request, context) },
  // A recorder's responses to forwarded requests; they have no response themselves.
  START_RECORDING_CONF: {
    service: ServiceMask.CTI_SERVICE_SERVER,
    run: (request, { server, session }) => server.recorders.answered(session, request),
  },
  STOP_RECORDING_CONF: {
    service: ServiceMask.CTI_SERVICE_SERVER,
    run: (request, { server, session }) => server.recorders.answered(session, request),
  },
});

/**
 * Recording is done by a client that has registered for it; otherwise by the center's own recorder, if it has one. The
 * requester receives the recorder's response.
 */
function record(
  request: MessageOf<'START_RECORDING_REQ' | 'STOP_RECORDING_REQ'>,
  { center, server, session }: SimulatorRequestContext,
): Answer {
  const ref = connectionRef(request, request.ConnectionCallID, request.ConnectionDeviceID, request.AgentInstrument);
  const start = request.type === 'START_RECORDING_REQ';
  if (server.recorders.available) {
    if (center.connection(ref) === undefined) {
      return refuseControl(ControlFailureCode.CF_INVALID_CSTA_CONNECTION_IDENTIFIER);
    }
    server.recorders.pass(session, request);
    return undefined;
  }
  const outcome = start ? center.startRecording(ref) : center.stopRecording(ref);
  return answerWith(outcome, () =>
    start ? { type: 'START_RECORDING_CONF', SessionID: session.id, ServerData: 0 } : { type: 'STOP_RECORDING_CONF' },
  );
}

/** @returns the sessions that a user message is for, or the status with which it is refused */
function recipients(
  request: MessageOf<'USER_MESSAGE_REQ'>,
  context: SimulatorRequestContext,
): SimulatorSession[] | number {
  const { server, center } = context;
  const open = [...server.openSessions()];
  switch (request.Distribution) {
    case Distribution.DISTRIBUTE_TO_CLIENT: {
      const agent = namedAgent(center, request);
      const found = open.filter((session) =>
        request.ClientID !== undefined
          ? session.grant?.clientId === request.ClientID
          : agent !== undefined && isAt(session, agent),
      );
      return found.length > 0 ? found : StatusCode.E_CTI_CLIENT_NOT_FOUND;
    }
    case Distribution.DISTRIBUTE_TO_SUPERVISOR: {
      const team = ownTeam(request, context);
      const supervisors = team && [team.primarySupervisor, ...team.secondarySupervisors];
      const found = supervisors ? open.filter((each) => supervisors.includes(boundAgent(each))) : [];
      return found.length > 0 ? found : StatusCode.E_CTI_SUPERVISOR_NOT_FOUND;
    }
    case Distribution.DISTRIBUTE_TO_TEAM: {
      const team = ownTeam(request, context);
      if (team === undefined) return StatusCode.E_CTI_TEAM_NOT_FOUND;
      return open.filter((each) => team.members.includes(boundAgent(each) ?? ''));
    }
    case Distribution.DISTRIBUTE_TO_ALL:
      return open;
    default:
      return StatusCode.E_CTI_INVALID_DISTRIBUTION_TYPE;
  }
}

/** The team that the sender belongs to, or supervises. */
function ownTeam(request: MessageOf<'USER_MESSAGE_REQ'>, { center, session }: SimulatorRequestContext) {
  const agentId = boundAgent(session);
  const agent =
    agentId === undefined ? namedAgent(center, request) : center.agent(session.grant!.binding!.peripheralId, agentId);
  if (agent === undefined) return undefined;
  return (
    find(center.teams(agent.peripheralId), (team) => team.members.includes(agent.agentId)) ??
    find(teamsOf(center, agent), () => true)
  );
}

function boundAgent(session: SimulatorSession): string | undefined {
  return session.grant?.binding?.agentId;
}

function isAt(session: SimulatorSession, agent: AgentView): boolean {
  const binding = session.grant?.binding;
  if (binding?.peripheralId !== agent.peripheralId) return false;
  return binding.agentId === agent.agentId || binding.instrument === agent.instrument;
}
