/**
 * Configuration (protocol 19 and later): a client requests it item by item, and receives changes from then on. These
 * messages have no InvokeID; one request is answered at a time, in the order of the guide.
 */
import {
  ConfigEndStatus,
  ConfigKeyStatus,
  ConfigMsgMask,
  ConfigType,
  type MessageInit,
  NULL_PERIPHERAL_ID,
  RecordType,
} from '../../../ged188/index.js';
import type { TelephonyEventOf } from '../../model/state/types.js';
import type { Center } from '../center.js';
import { configurationItems } from './configuration-items.js';
import {
  agentRecord,
  agentServiceRecord,
  deskSettingsRecord,
  deviceRecord,
  skillGroupRecord,
} from './configuration-records.js';
import { requestTable } from './definition.js';

const KEY = Buffer.alloc(8);

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
  for (const item of configurationItems) {
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
