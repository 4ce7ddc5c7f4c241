/** The items of configuration that a client can request, with the messages of each. */
import {
  ConfigDeviceType,
  ConfigMsgMask,
  Limits,
  type MessageInit,
  NULL_PERIPHERAL_ID,
  RecordType,
} from '../../../ged188/index.js';
import type { AgentView } from '../../model/state/types.js';
import type { Center } from '../center.js';
import { VOICE_MRD } from '../messages/agent-messages.js';
import {
  agentRecord,
  agentServiceRecord,
  type ConfigMessage,
  deskSettingsRecord,
  deviceRecord,
  type Records,
  skillGroupRecord,
} from './configuration-records.js';

/** An item of configuration: its bit, its first version, and its records in messages of at most ten. */
interface Item {
  readonly bit: number;
  readonly since: number;
  records(center: Center, peripheralId: number): Iterable<MessageInit>;
}

/** In the order in which they are sent. */
export const configurationItems: readonly Item[] = [
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

/** The records of one peripheral's objects, or of those of all peripherals. */
function* at<T extends { readonly peripheralId: number }, R>(
  things: Iterable<T>,
  peripheralId: number,
  record: (thing: T) => R,
): Generator<R> {
  for (const thing of things) {
    if (peripheralId === NULL_PERIPHERAL_ID || thing.peripheralId === peripheralId) yield record(thing);
  }
}

/** The messages for records, at most ten records to a message. */
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

function* terminals(center: Center): Generator<{ peripheralId: number; instrument: string }> {
  const seen = new Set<string>();
  for (const device of center.devices()) {
    if (device.kind !== 'agentPhone' || seen.has(device.instrument)) continue;
    seen.add(device.instrument);
    yield { peripheralId: device.peripheralId, instrument: device.instrument };
  }
}
