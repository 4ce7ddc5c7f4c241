/** The records of configuration messages: how an agent, a device or a skill group is encoded in one. */
import { ConfigDeviceType, Limits, type MessageInitOf } from '../../../ged188/index.js';
import type { AgentView, DeviceConfig, SimulatedDeskSettings, SkillGroupConfig } from '../../model/state/types.js';
import { VOICE_MRD } from '../messages/agent-messages.js';
import { deskSettingsNumbers } from './agents.js';

export type Records<N extends ConfigMessage> = NonNullable<MessageInitOf<N>['Records']>[number];

export type ConfigMessage =
  | 'CONFIG_SERVICE_EVENT'
  | 'CONFIG_SKILL_GROUP_EVENT'
  | 'CONFIG_AGENT_EVENT'
  | 'CONFIG_DEVICE_EVENT'
  | 'CONFIG_CALL_TYPE_EVENT'
  | 'CONFIG_MRD_EVENT'
  | 'CONFIG_PERIPHERAL_EVENT'
  | 'CONFIG_AGENT_DESK_SETTINGS_EVENT'
  | 'CONFIG_TERMINAL_EVENT'
  | 'CONFIG_AGENT_SERVICE_EVENT';

export function skillGroupRecord(group: SkillGroupConfig, type: number): Records<'CONFIG_SKILL_GROUP_EVENT'> {
  return {
    RecordType: type,
    FltPeripheralID: group.peripheralId,
    PeripheralNumber: group.number,
    FltSkillGroupPriority: 0,
    SkillGroupSkillTargetID: group.id,
    PeripheralName: group.name,
    FltMRDomainID: VOICE_MRD,
  };
}

export function agentRecord({ config: agent, skillGroups }: AgentView, type: number): Records<'CONFIG_AGENT_EVENT'> {
  return {
    RecordType: type,
    FltPeripheralID: agent.peripheralId,
    AgentType: agent.supervisor ? 2 : 1,
    AgentDeskSettingsID: agent.deskSettingsId,
    LoginID: agent.agentId,
    LoginName: agent.loginName,
    LastName: agent.lastName,
    FirstName: agent.firstName,
    Extension: agent.instrument,
    AgentSkillTargetID: agent.icmAgentId,
    Skills: skillGroups.slice(0, Limits.MAX_CONFIG_SKILLS).map((skill) => ({
      FltSkillGroupNumber: skill.number,
      FltSkillGroupPriority: skill.priority,
    })),
  };
}

export function agentServiceRecord(
  { icmAgentId, services }: AgentView,
  type: number,
): Records<'CONFIG_AGENT_SERVICE_EVENT'> {
  return {
    RecordType: type,
    AgentSkillTargetID: icmAgentId,
    EnabledServices: services.map((service) => ({ FltEnabledServices: service })),
  };
}

const deviceType: Readonly<Record<DeviceConfig['kind'], number>> = {
  agentPhone: ConfigDeviceType.AGENT_DEVICE_EXTENSION,
  phone: ConfigDeviceType.AGENT_DEVICE_EXTENSION,
  routePoint: ConfigDeviceType.ROUTE_POINT,
  vru: ConfigDeviceType.CTI_PORT,
  queue: ConfigDeviceType.SKILL_GROUP,
};

export function deviceRecord(device: DeviceConfig, type: number): Records<'CONFIG_DEVICE_EVENT'> {
  return {
    RecordType: type,
    FltPeripheralID: device.peripheralId,
    DeviceType: deviceType[device.kind],
    Extension: device.id.slice(0, 15),
    Description: device.description,
  };
}

export function deskSettingsRecord(
  settings: SimulatedDeskSettings,
  type: number,
): Records<'CONFIG_AGENT_DESK_SETTINGS_EVENT'> {
  const numbers = deskSettingsNumbers(settings);
  return {
    RecordType: type,
    AgentDeskSettingsID: settings.id,
    FltDeskSettingsMask: numbers.mask,
    FltWrapUpDataIncomingMode: numbers.wrapupIncoming,
    FltWrapUpDataOutgoingMode: numbers.wrapupOutgoing,
    FltLogoutNonActivityTime: settings.logoutNonActivityTime,
    FltQualityRecordingRate: settings.qualityRecordingRate,
    FltRingNoAnswerTime: settings.ringNoAnswerTime,
    FltSilentMonitorWarningMessage: Number(settings.silentMonitorWarningMessage),
    FltSilentMonitorAudibleIndication: Number(settings.silentMonitorAudibleIndication),
    FltSupervisorAssistCallMethod: numbers.assist,
    FltEmergencyCallMethod: numbers.emergency,
    FltAutoRecordOnEmergency: Number(settings.autoRecordOnEmergency),
    FltRecordingMode: Number(settings.recordingMode),
    FltWorkModeTimer: settings.workModeTimer,
    FltRingNoAnswerDnId: settings.ringNoAnswerDnId,
  };
}
