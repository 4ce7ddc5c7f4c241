/**
 * Configuration (protocol 19 and later): a client requests it item by item, and receives changes from then on. These
 * messages have no InvokeID; one request is answered at a time, in the order of the guide.
 */
import {
  ConfigDeviceType,
  ConfigEndStatus,
  ConfigKeyStatus,
  ConfigMsgMask,
  ConfigType,
  Limits,
  type MessageInit,
  type MessageInitOf,
  NULL_PERIPHERAL_ID,
  RecordType,
} from '../../../ged188/index.js';
import type {
  AgentView,
  DeviceConfig,
  SimulatedDeskSettings,
  SkillGroupConfig,
  TelephonyEventOf,
} from '../../model/state/types.js';
import type { Center } from '../center.js';
import { VOICE_MRD } from '../messages/agent-messages.js';
import { deskSettingsNumbers } from './agents.js';
import { requestTable } from './definition.js';

const KEY = Buffer.alloc(8);

/** An item of configuration: its bit, its first version, and its records in messages of at most ten. */
interface Item {
  readonly bit: number;
  readonly since: number;
  records(center: Center, peripheralId: number): Iterable<MessageInit>;
}

type Records<N extends ConfigMessage> = NonNullable<MessageInitOf<N>['Records']>[number];
type ConfigMessage =
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

/** In the order in which they are told. */
const items: readonly Item[] = [
  {
    bit: ConfigMsgMask.CONFIG_MSG_SERVICE_MASK,
    since: 19,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_SERVICE_EVENT',
        at(center.config.services, peripheralId, (service) => ({
          RecordType: RecordType.CONFIG_RECORD_ADD,
          FltPeripheralID: service.peripheralId,
          PeripheralNumber: service.number,
          ServiceSkillTargetID: service.id,
          PeripheralName: service.name,
          FltMRDomainID: VOICE_MRD,
        })),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK,
    since: 19,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_SKILL_GROUP_EVENT',
        at(center.skillGroups(), peripheralId, (group) => skillGroupRecord(group, RecordType.CONFIG_RECORD_ADD)),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_AGENT_MASK,
    since: 19,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_AGENT_EVENT',
        at(center.agents(), peripheralId, (agent) => ({
          ...agentRecord(agent, RecordType.CONFIG_RECORD_ADD),
          // Media are sent with the whole upload only, not with later changes.
          MRDs: [{ FltAgentMRDID: VOICE_MRD, FltAgentMRDState: agent.state }],
        })),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_DEVICE_MASK,
    since: 19,
    *records(center, peripheralId) {
      yield* inMessages(
        'CONFIG_DEVICE_EVENT',
        at(center.devices(), peripheralId, (device) => deviceRecord(device, RecordType.CONFIG_RECORD_ADD)),
      );
      yield* inMessages(
        'CONFIG_DEVICE_EVENT',
        at(center.dialedNumbers(), peripheralId, (dialed) => ({
          RecordType: RecordType.CONFIG_RECORD_ADD,
          FltPeripheralID: dialed.peripheralId,
          PeripheralNumber: dialed.serviceNumber,
          DeviceType: ConfigDeviceType.SERVICE,
          DialedNumber: dialed.number,
          DNIS: dialed.dnis,
          Description: dialed.description,
        })),
      );
    },
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_CALL_TYPE_MASK,
    since: 19,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_CALL_TYPE_EVENT',
        at(center.dialedNumbers(), peripheralId, (dialed) => ({
          RecordType: RecordType.CONFIG_RECORD_ADD,
          FltCallTypeID: dialed.callTypeId,
          EnterpriseName: `CallType_${dialed.callTypeId}`,
          Description: dialed.description,
        })),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_MRD_MASK,
    since: 20,
    records: () =>
      inMessages('CONFIG_MRD_EVENT', [
        {
          RecordType: RecordType.CONFIG_RECORD_ADD,
          FltMRDomainID: VOICE_MRD,
          FltEnterpriseName: 'Cisco_Voice',
          FltDescription: 'Voice',
          FltInterruptible: false,
        },
      ]),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_PERIPHERAL_MASK,
    since: 22,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_PERIPHERAL_EVENT',
        at(
          [...center.peripherals()].map((each) => ({ ...each, peripheralId: each.id })),
          peripheralId,
          (peripheral) => ({
            RecordType: RecordType.CONFIG_RECORD_ADD,
            ConfigPeripheralID: peripheral.id,
            DefaultAgentDeskSettingsID: peripheral.defaultDeskSettingsId,
          }),
        ),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_AGENT_DESK_SETTINGS_MASK,
    since: 22,
    records: (center) =>
      inMessages(
        'CONFIG_AGENT_DESK_SETTINGS_EVENT',
        center.config.deskSettings.map((settings) => deskSettingsRecord(settings, RecordType.CONFIG_RECORD_ADD)),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_TERMINAL_MASK,
    since: 22,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_TERMINAL_EVENT',
        at(terminals(center), peripheralId, ({ instrument }) => ({
          RecordType: RecordType.CONFIG_RECORD_ADD,
          TerminalType: 1,
          TerminalDeviceName: `SEP${instrument}`,
          TerminalTypeName: 'IP phone',
          Instruments: [{ Instrument: instrument }],
        })),
      ),
  },
  {
    bit: ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK,
    since: 24,
    records: (center, peripheralId) =>
      inMessages(
        'CONFIG_AGENT_SERVICE_EVENT',
        at(withServices(center.agents()), peripheralId, (agent) =>
          agentServiceRecord(agent, RecordType.CONFIG_RECORD_ADD),
        ),
      ),
  },
];

function* withServices(agents: Iterable<AgentView>): Generator<AgentView> {
  for (const agent of agents) if (agent.services.length > 0) yield agent;
}

export const configuration = requestTable({
  CONFIG_REQUEST_KEY_EVENT: {
    service: 0,
    run: (request, { center }) => {
      const known = isPeripheral(center, request.PeripheralID);
      return {
        confirm: {
          type: 'CONFIG_KEY_EVENT',
          ConfigkeyStatus: known ? ConfigKeyStatus.CONFIG_SUCCESS : ConfigKeyStatus.CONFIG_SERVICE_PROVIDER,
          ...keys,
        },
      };
    },
  },
  CONFIG_REQUEST_EVENT: {
    service: 0,
    run(request, { center, session }) {
      // Even a request for no data enables later changes.
      session.configUpdates = request.ConfigMsgMask | (session.grant?.configMask ?? 0);
      return { confirm: undefined, following: upload(center, request, session.grant?.version ?? 0) };
    },
  },
});

const keys = {
  ServiceConfigKey: KEY,
  SkillGroupConfigKey: KEY,
  AgentConfigKey: KEY,
  DeviceConfigKey: KEY,
  CallTypeConfigKey: KEY,
  PeripheralConfigKey: KEY,
  AgentDeskSettingsConfigKey: KEY,
};

function* upload(
  center: Center,
  request: { ConfigInformation: number; PeripheralID: number },
  version: number,
): Generator<MessageInit> {
  if (!isPeripheral(center, request.PeripheralID)) {
    yield {
      type: 'CONFIG_BEGIN_EVENT',
      ConfigType: ConfigType.SOLICITED,
      ConfigInformation: request.ConfigInformation,
    };
    yield { type: 'CONFIG_END_EVENT', ConfigEndStatus: ConfigEndStatus.CONFIGEND_INVALID, Text: 'no such peripheral' };
    return;
  }
  for (const item of items) {
    if ((request.ConfigInformation & item.bit) === 0 || version < item.since) continue;
    yield { type: 'CONFIG_BEGIN_EVENT', ConfigType: ConfigType.SOLICITED, ConfigInformation: item.bit };
    let empty = true;
    for (const message of item.records(center, request.PeripheralID)) {
      empty = false;
      yield message;
    }
    const { CONFIGEND_EMPTY, CONFIGEND_SUCCESS } = ConfigEndStatus;
    yield { type: 'CONFIG_END_EVENT', ConfigEndStatus: empty ? CONFIGEND_EMPTY : CONFIGEND_SUCCESS };
  }
}

/** The message for a configuration change, and its recipients: those that want this bit's changes. */
export function* configurationUpdate(
  center: Center,
  event: TelephonyEventOf<'configChanged'>,
): Generator<{ bit: number; messages: MessageInit[] }> {
  const type = recordType[event.operation];
  const { peripheralId, key } = event;
  if (event.what === 'agent') {
    const agent = center.agent(peripheralId, key);
    const record = agent ? agentRecord(agent, type) : { RecordType: type, FltPeripheralID: peripheralId, LoginID: key };
    yield unsolicited(ConfigMsgMask.CONFIG_MSG_AGENT_MASK, { type: 'CONFIG_AGENT_EVENT', Records: [record] });
  } else if (event.what === 'agentServices') {
    const agent = center.agent(peripheralId, key);
    if (agent === undefined) return;
    yield unsolicited(ConfigMsgMask.CONFIG_MSG_AGENT_SERVICE_MASK, {
      type: 'CONFIG_AGENT_SERVICE_EVENT',
      Records: [agentServiceRecord(agent, type)],
    });
  } else if (event.what === 'skillGroup') {
    const group = center.skillGroup(peripheralId, Number(key));
    const record = group
      ? skillGroupRecord(group, type)
      : { RecordType: type, FltPeripheralID: peripheralId, PeripheralNumber: Number(key) };
    yield unsolicited(ConfigMsgMask.CONFIG_MSG_SKILL_GROUP_MASK, {
      type: 'CONFIG_SKILL_GROUP_EVENT',
      Records: [record],
    });
  } else if (event.what === 'device') {
    const device = center.device(peripheralId, key);
    const record = device
      ? deviceRecord(device, type)
      : { RecordType: type, FltPeripheralID: peripheralId, Extension: key };
    yield unsolicited(ConfigMsgMask.CONFIG_MSG_DEVICE_MASK, { type: 'CONFIG_DEVICE_EVENT', Records: [record] });
  } else {
    const settings = center.deskSettings(Number(key));
    if (settings) {
      yield unsolicited(ConfigMsgMask.CONFIG_MSG_AGENT_DESK_SETTINGS_MASK, {
        type: 'CONFIG_AGENT_DESK_SETTINGS_EVENT',
        Records: [deskSettingsRecord(settings, type)],
      });
    }
  }
}

const recordType = {
  add: RecordType.CONFIG_RECORD_ADD,
  change: RecordType.CONFIG_RECORD_CHANGE,
  delete: RecordType.CONFIG_RECORD_DELETE,
} as const;

function unsolicited(bit: number, record: MessageInit): { bit: number; messages: MessageInit[] } {
  return {
    bit,
    messages: [
      { type: 'CONFIG_BEGIN_EVENT', ConfigType: ConfigType.UNSOLICITED, ConfigInformation: bit },
      record,
      { type: 'CONFIG_END_EVENT', ConfigEndStatus: ConfigEndStatus.CONFIGEND_SUCCESS },
    ],
  };
}

function isPeripheral(center: Center, id: number): boolean {
  return id === NULL_PERIPHERAL_ID || center.config.peripherals.some((each) => each.id === id);
}

/** The things of one peripheral (or of all) as records. */
function* at<T extends { readonly peripheralId: number }, R>(
  things: Iterable<T>,
  peripheralId: number,
  record: (thing: T) => R,
): Generator<R> {
  for (const thing of things) {
    if (peripheralId === NULL_PERIPHERAL_ID || thing.peripheralId === peripheralId) yield record(thing);
  }
}

/** Records, ten to a message. */
function* inMessages<N extends ConfigMessage>(type: N, records: Iterable<Records<N>>): Generator<MessageInit> {
  let batch: Records<N>[] = [];
  const message = () => ({ type, Records: batch }) as MessageInit;
  for (const record of records) {
    batch.push(record);
    if (batch.length === Limits.MAX_CONFIG_RECORDS) {
      yield message();
      batch = [];
    }
  }
  if (batch.length > 0) yield message();
}

function skillGroupRecord(group: SkillGroupConfig, type: number): Records<'CONFIG_SKILL_GROUP_EVENT'> {
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

function agentRecord({ config: agent, skillGroups }: AgentView, type: number): Records<'CONFIG_AGENT_EVENT'> {
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

function agentServiceRecord({ icmAgentId, services }: AgentView, type: number): Records<'CONFIG_AGENT_SERVICE_EVENT'> {
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

function deviceRecord(device: DeviceConfig, type: number): Records<'CONFIG_DEVICE_EVENT'> {
  return {
    RecordType: type,
    FltPeripheralID: device.peripheralId,
    DeviceType: deviceType[device.kind],
    Extension: device.id.slice(0, 15),
    Description: device.description,
  };
}

function deskSettingsRecord(
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

function* terminals(center: Center): Generator<{ peripheralId: number; instrument: string }> {
  const seen = new Set<string>();
  for (const device of center.devices()) {
    if (device.kind !== 'agentPhone' || seen.has(device.instrument)) continue;
    seen.add(device.instrument);
    yield { peripheralId: device.peripheralId, instrument: device.instrument };
  }
}
