/** Requests about agents: their state, settings, statistics and requests for help. */
import {
  AgentState,
  ControlFailureCode,
  DeskSettingsMask,
  type MessageInitOf,
  type MessageOf,
  NULL_CALL_ID,
  NULL_SKILL_GROUP,
  ServiceMask,
  StatusCode,
  WrapupDataMode,
} from '../../../ged188/index.js';
import type {
  AgentStateNumber,
  AgentView,
  CommandOutcome,
  HelpRequest,
  NewConnection,
  SimulatedDeskSettings,
} from '../../model/state/types.js';
import type { Center } from '../center.js';
import { agentQueryFields } from '../messages/agent-messages.js';
import { STATIC } from '../messages/call-fields.js';
import {
  type Answer,
  answerWith,
  confirm,
  done,
  missing,
  refuseControl,
  refuseRequest,
  requestTable,
  type SimulatorRequestContext,
} from './definition.js';

const control = ServiceMask.CTI_SERVICE_CLIENT_CONTROL;
const stateControl = control | ServiceMask.CTI_AGENT_STATE_CONTROL_ONLY;

/** The three ways in which requests name an agent; one is enough. */
interface NamesAgent {
  readonly PeripheralID: number;
  readonly AgentID?: string;
  readonly AgentExtension?: string;
  readonly AgentInstrument?: string;
}

/** The agent that a request names: by id, or by the phone. */
export function namedAgent(center: Center, request: NamesAgent): AgentView | undefined {
  const { PeripheralID: peripheralId, AgentID, AgentExtension, AgentInstrument } = request;
  if (AgentID !== undefined) return center.agent(peripheralId, AgentID);
  const where = AgentInstrument ?? AgentExtension;
  return where === undefined ? undefined : center.agentAt(peripheralId, where);
}

const ownInstrument = (request: NamesAgent) => ({
  peripheralId: request.PeripheralID,
  device: request.AgentInstrument ?? request.AgentExtension,
});

export const agents = requestTable({
  SET_AGENT_STATE_REQ: {
    service: stateControl,
    control: true,
    actsOn: (request) =>
      // A supervisor sets the state of other agents: the switch decides whether that is permitted.
      request.SupervisorID === undefined
        ? ownInstrument(request)
        : { peripheralId: request.PeripheralID, device: undefined },
    run(request, { center, server }) {
      const seat =
        request.AgentState === AgentState.AGENT_STATE_LOGIN || request.AgentState === AgentState.AGENT_STATE_LOGOUT;
      if (seat && request.AgentID !== undefined && request.SupervisorID === undefined) server.attended(request.AgentID);
      const instrument =
        request.AgentInstrument ?? (request.AgentID && center.agent(request.PeripheralID, request.AgentID)?.instrument);
      if (!instrument) return missing;
      const outcome = center.setAgentState({
        peripheralId: request.PeripheralID,
        instrument,
        state: request.AgentState as AgentStateNumber,
        agentId: request.AgentID,
        password: request.AgentPassword,
        reasonCode: request.EventReasonCode,
        workMode: request.AgentWorkMode,
        forced: request.ForcedFlag,
        supervisorId: request.SupervisorID,
        ...(request.SkillGroups.length > 0 && { skillGroups: request.SkillGroups.map(askedGroup) }),
      });
      return answerWith(outcome, done('SET_AGENT_STATE_CONF'));
    },
  },
  QUERY_AGENT_STATE_REQ: {
    service: stateControl | ServiceMask.CTI_SERVICE_ALL_EVENTS | ServiceMask.CTI_SERVICE_SUPERVISOR,
    control: true,
    run(request, { center }) {
      const agent = namedAgent(center, request) ?? byIcmAgentId(center, request);
      if (agent === undefined) return refuseControl(ControlFailureCode.CF_INVALID_AGENT_ID_SPECIFIED);
      return confirm({ type: 'QUERY_AGENT_STATE_CONF', ...agentQueryFields(agent) });
    },
  },
  AGENT_DESK_SETTINGS_REQ: {
    service: 0,
    run(request, { center, session }) {
      const agentId = request.AgentID ?? session.grant?.binding?.agentId;
      if (agentId === undefined) return missing;
      const agent = center.agent(request.PeripheralID, agentId);
      if (agent === undefined) return refuseRequest(StatusCode.E_CTI_INVALID_AGENT_DATA);
      return confirm(deskSettingsMessage(request.PeripheralID, agent.deskSettings));
    },
  },
  QUERY_AGENT_STATISTICS_REQ: {
    service: 0,
    run(request, { center }) {
      const agent = namedAgent(center, request);
      if (agent === undefined) return refuseRequest(StatusCode.E_CTI_INVALID_AGENT_DATA);
      const statistics = agent.loggedIn && center.agentStatistics(request.PeripheralID, agent.agentId);
      if (!statistics) return refuseRequest(StatusCode.E_CTI_AGENT_NOT_LOGGED_ON);
      return confirm({
        type: 'QUERY_AGENT_STATISTICS_CONF',
        ...statistics,
        PeripheralID: request.PeripheralID,
        AgentExtension: agent.extension,
        AgentID: agent.agentId,
        AgentInstrument: agent.instrument,
      });
    },
  },
  QUERY_SKILL_GROUP_STATISTICS_REQ: {
    service: 0,
    run(request, { center }) {
      const group =
        request.SkillGroupNumber !== NULL_SKILL_GROUP
          ? center.skillGroup(request.PeripheralID, request.SkillGroupNumber)
          : find(center.skillGroups(request.PeripheralID), (each) => each.id === request.SkillGroupID);
      const statistics = group && center.skillGroupStatistics(request.PeripheralID, group.number);
      if (group === undefined || statistics === undefined) return refuseRequest(StatusCode.E_CTI_INVALID_SKILL_GROUP);
      return confirm({
        type: 'QUERY_SKILL_GROUP_STATISTICS_CONF',
        ...statistics,
        PeripheralID: request.PeripheralID,
        SkillGroupNumber: group.number,
        SkillGroupID: group.id,
      });
    },
  },
  SUPERVISOR_ASSIST_REQ: {
    service: control,
    control: true,
    actsOn: ownInstrument,
    run: (request, context) =>
      help(request, context, (what) => context.center.supervisorAssist(what), 'SUPERVISOR_ASSIST_CONF'),
  },
  EMERGENCY_CALL_REQ: {
    service: control,
    control: true,
    actsOn: ownInstrument,
    run: (request, context) =>
      help(request, context, (what) => context.center.emergencyCall(what), 'EMERGENCY_CALL_CONF'),
  },
  // The greeting is played by a VRU, which this center does not have: enabling or disabling it for oneself is accepted.
  AGENT_GREETING_CONTROL_REQ: {
    service: control,
    control: true,
    run(request, { center }) {
      const agent = request.AgentID === undefined ? undefined : center.agent(request.PeripheralID, request.AgentID);
      if (!agent?.loggedIn) return refuseControl(ControlFailureCode.CF_AGENT_GREETING_CONTROL_OPERATION_FAILURE);
      return confirm({ type: 'AGENT_GREETING_CONTROL_CONF' });
    },
  },
  SET_AGENT_SERVICE_DATA_REQ: {
    service: 0,
    run: ({ AgentSkillTargetID: id }, { center }) => {
      const known = find(center.agents(), (agent) => agent.icmAgentId === id) !== undefined;
      const Status = known ? StatusCode.E_CTI_NO_ERROR : StatusCode.E_CTI_INVALID_AGENT_DATA;
      return confirm({ type: 'SET_AGENT_SERVICE_DATA_CONF', Status });
    },
  },
});

function askedGroup(group: { SkillGroupNumber?: number; SkillGroupPriority?: number }) {
  return { number: group.SkillGroupNumber ?? NULL_SKILL_GROUP, priority: group.SkillGroupPriority };
}

function byIcmAgentId(center: Center, request: MessageOf<'QUERY_AGENT_STATE_REQ'>): AgentView | undefined {
  if (!request.ICMAgentID || request.ICMAgentID < 0) return undefined;
  return find(center.agents(request.PeripheralID), (agent) => agent.icmAgentId === request.ICMAgentID);
}

function help(
  request: MessageOf<'SUPERVISOR_ASSIST_REQ' | 'EMERGENCY_CALL_REQ'>,
  { center }: SimulatorRequestContext,
  run: (what: HelpRequest) => CommandOutcome<NewConnection>,
  type: 'SUPERVISOR_ASSIST_CONF' | 'EMERGENCY_CALL_CONF',
): Answer {
  const instrument = request.AgentInstrument ?? namedAgent(center, request)?.instrument ?? request.ConnectionDeviceID;
  if (!instrument) return missing;
  const { PeripheralID: peripheralId, ConnectionCallID: callId, ConnectionDeviceID: deviceId } = request;
  const onCall = callId !== NULL_CALL_ID && callId !== 0;
  const outcome = run({
    peripheralId,
    instrument,
    ...(onCall && { connection: { peripheralId, callId, deviceId: deviceId || instrument } }),
  });
  return answerWith(outcome, ({ connection, lineHandle, lineType }) => ({
    type,
    ConnectionCallID: connection.callId,
    ConnectionDeviceIDType: STATIC,
    ConnectionDeviceID: connection.deviceId,
    LineHandle: lineHandle,
    LineType: lineType,
  }));
}

const wrapupMode = {
  required: WrapupDataMode.REQUIRED,
  optional: WrapupDataMode.OPTIONAL,
  notAllowed: WrapupDataMode.NOT_ALLOWED,
  requiredWithData: WrapupDataMode.REQUIRED_WITH_WRAPUP_DATA,
} as const;
const helpMethod = { consult: 0, blindConference: 1 } as const;

/** DeskSettingsMask of desk settings. */
export function deskSettingsMask(settings: SimulatedDeskSettings): number {
  const outbound =
    DeskSettingsMask.DESK_OUTBOUND_ACCESS_INTERNATIONAL_MASK |
    DeskSettingsMask.DESK_OUTBOUND_ACCESS_PUBLIC_NET_MASK |
    DeskSettingsMask.DESK_OUTBOUND_ACCESS_PRIVATE_NET_MASK |
    DeskSettingsMask.DESK_OUTBOUND_ACCESS_OPERATOR_ASSISTED_MASK |
    DeskSettingsMask.DESK_OUTBOUND_ACCESS_PBX_MASK;
  const bits: [boolean, number][] = [
    [settings.availableAfterIncoming, DeskSettingsMask.DESK_AVAIL_AFTER_INCOMING_MASK],
    [settings.availableAfterOutgoing, DeskSettingsMask.DESK_AVAIL_AFTER_OUTGOING_MASK],
    [settings.autoAnswer, DeskSettingsMask.DESK_AUTO_ANSWER_ENABLED_MASK],
    [settings.notReadyReasonRequired, DeskSettingsMask.DESK_IDLE_REASON_REQUIRED_MASK],
    [settings.logoutReasonRequired, DeskSettingsMask.DESK_LOGOUT_REASON_REQUIRED_MASK],
    [settings.supervisorCallsAllowed, DeskSettingsMask.DESK_SUPERVISOR_CALLS_ALLOWED_MASK],
    [settings.agentToAgentCallsAllowed, DeskSettingsMask.DESK_AGENT_TO_AGENT_CALLS_ALLOWED],
    [settings.outboundCallsAllowed, outbound],
    [settings.nonAcdCallsAllowed, DeskSettingsMask.DESK_NON_ACD_CALLS_ALLOWED_MASK],
  ];
  return bits.reduce((mask, [on, bit]) => (on ? mask | bit : mask), 0);
}

/** The numbers of desk settings, as a message carries them. */
export function deskSettingsNumbers(settings: SimulatedDeskSettings) {
  return {
    mask: deskSettingsMask(settings),
    wrapupIncoming: wrapupMode[settings.wrapupIncoming],
    wrapupOutgoing: wrapupMode[settings.wrapupOutgoing],
    assist: helpMethod[settings.assistCallMethod],
    emergency: helpMethod[settings.emergencyCallMethod],
  };
}

function deskSettingsMessage(
  peripheralId: number,
  settings: SimulatedDeskSettings,
): MessageInitOf<'AGENT_DESK_SETTINGS_CONF'> {
  const numbers = deskSettingsNumbers(settings);
  return {
    type: 'AGENT_DESK_SETTINGS_CONF',
    PeripheralID: peripheralId,
    DeskSettingsMask: numbers.mask,
    WrapupDataIncomingMode: numbers.wrapupIncoming,
    WrapupDataOutgoingMode: numbers.wrapupOutgoing,
    LogoutNonActivityTime: settings.logoutNonActivityTime,
    QualityRecordingRate: settings.qualityRecordingRate,
    RingNoAnswerTime: settings.ringNoAnswerTime,
    SilentMonitorWarningMessage: Number(settings.silentMonitorWarningMessage),
    SilentMonitorAudibleIndication: Number(settings.silentMonitorAudibleIndication),
    SupervisorAssistCallMethod: numbers.assist,
    EmergencyCallMethod: numbers.emergency,
    AutoRecordOnEmergency: Number(settings.autoRecordOnEmergency),
    RecordingMode: Number(settings.recordingMode),
    WorkModeTimer: settings.workModeTimer,
    RingNoAnswerDN: settings.ringNoAnswerDnId,
  };
}

export function find<T>(items: Iterable<T>, wanted: (item: T) => boolean): T | undefined {
  for (const item of items) if (wanted(item)) return item;
  return undefined;
}
