/** The groups of fields that the messages of calls have in common: connection, device, skill group, parties. */
import { NULL_SERVICE, NULL_SKILL_GROUP } from '../../../ged188/index.js';
import type {
  CallEvent,
  CallFacts,
  ConnectionRef,
  DeviceRef,
  EventView,
  SkillGroupRef,
  TelephonyEventOf,
} from '../../model/state/types.js';

/** What the messages need besides the event itself. */
export interface MessageContext {
  peripheralType(peripheralId: number): number;
  /** Clients bound to a device, for BEGIN_CALL_EVENT and CALL_DATA_UPDATE_EVENT. */
  clientsAt(peripheralId: number, deviceId: string): { CTIClientSignature: string; CTIClientTimestamp: number }[];
}

/** ConnectionDeviceIDType: the ids of this center's connections are those of devices. */
export const STATIC = 0;

export function connectionFields(event: CallEvent, view: EventView, tell: MessageContext) {
  return {
    PeripheralID: event.peripheralId,
    PeripheralType: tell.peripheralType(event.peripheralId),
    ConnectionDeviceIDType: STATIC,
    ConnectionCallID: view.callId,
    ConnectionDeviceID: view.deviceId,
  };
}

export function stateFields(event: CallEvent, view: EventView) {
  return { LocalConnectionState: view.state, EventCause: event.cause };
}

export function lineFields(view: EventView) {
  return { LineHandle: view.lineHandle, LineType: view.lineType };
}

export function serviceFields(call: CallFacts) {
  return { ServiceNumber: call.service?.number ?? NULL_SERVICE, ServiceID: call.service?.id ?? NULL_SERVICE };
}

export function skillGroupFields(group: SkillGroupRef | undefined) {
  return {
    SkillGroupNumber: group?.number ?? NULL_SKILL_GROUP,
    SkillGroupID: group?.id ?? NULL_SKILL_GROUP,
    SkillGroupPriority: group?.priority ?? 0,
  };
}

export function skillGroupList(groups: readonly SkillGroupRef[]) {
  return groups.slice(0, 20).map(skillGroupFields);
}

type DeviceFields<Role extends string> = { [K in `${Role}DeviceType`]: number } & {
  [K in `${Role}DeviceID`]: string | undefined;
};

/** The fields for a device in this role. An unknown device has the null type and no id. */
export function deviceFields<const Role extends string>(role: Role, ref: DeviceRef): DeviceFields<Role> {
  return {
    [`${role}DeviceType`]: ref.type,
    [`${role}DeviceID`]: ref.id === '' ? undefined : ref.id,
  } as DeviceFields<Role>;
}

export function partyFields(call: CallFacts) {
  return { ...deviceFields('Calling', call.calling), ...deviceFields('Called', call.called) };
}

export function lastRedirectFields(call: CallFacts) {
  return deviceFields('LastRedirect', call.lastRedirect);
}

export function trunkFields(call: CallFacts) {
  return { TrunkNumber: call.trunkNumber, TrunkGroupNumber: call.trunkGroupNumber };
}

export function joinedCallFields(
  event: TelephonyEventOf<'callTransferred' | 'callConferenced'>,
  view: EventView,
  tell: MessageContext,
) {
  return {
    PeripheralID: event.peripheralId,
    PeripheralType: tell.peripheralType(event.peripheralId),
    PrimaryDeviceIDType: STATIC,
    PrimaryCallID: event.primary.callId,
    PrimaryDeviceID: event.primary.deviceId,
    ...lineFields(view),
    ...skillGroupFields(event.skillGroup ?? event.call.skillGroup),
    SecondaryDeviceIDType: event.secondary.deviceId === '' ? 0xffff : STATIC,
    SecondaryCallID: event.secondary.callId,
    SecondaryDeviceID: event.secondary.deviceId,
    ConnectedParties: connectedParties(event.parties),
    ...stateFields(event, view),
  };
}

/** The parties of a call after a transfer or conference, as its messages and confirmations list them. */
export function connectedParties(refs: readonly ConnectionRef[]) {
  return refs.slice(0, 16).map((ref) => ({
    ConnectedPartyCallID: ref.callId,
    ConnectedPartyDeviceIDType: STATIC,
    ConnectedPartyDeviceID: ref.deviceId,
  }));
}

export function customerFields(event: TelephonyEventOf<'callDataUpdate'>) {
  const { customerPhoneNumber, customerAccountNumber } = event.call.data;
  const changed = (name: string) => event.changed.includes(name);
  return {
    CustomerPhoneNumber: changed('CustomerPhoneNumber') ? customerPhoneNumber : undefined,
    CustomerAccountNumber: changed('CustomerAccountNumber') ? customerAccountNumber : undefined,
  };
}

export function rtpFields(event: TelephonyEventOf<'rtpStarted' | 'rtpStopped'>, view: EventView) {
  return {
    PeripheralID: event.peripheralId,
    ClientPort: event.clientPort,
    Direction: event.direction,
    ConnectionDeviceIDType: STATIC,
    ConnectionCallID: view.callId,
    ConnectionDeviceID: view.deviceId,
    ClientAddress: event.clientAddress,
    AgentID: event.agentId,
    AgentExtension: event.extension,
    AgentInstrument: event.instrument,
    SendingAddress: event.sendingAddress,
    SendingPort: event.sendingPort,
  };
}

/** The recorder's identifier of a call, the same for each part of its recording. */
export function recorderReference(event: CallEvent, view: EventView): string {
  const part = (value: number) => (value >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return `${part(event.peripheralId)}${part(view.callId)}${part(Number.parseInt(view.deviceId, 10) || 0)}`;
}

export function recordingFields(
  event: TelephonyEventOf<'recordingStarted' | 'recordingStopped' | 'recordingTarget'>,
  view: EventView,
) {
  return {
    PeripheralID: event.peripheralId,
    ConnectionCallID: view.callId,
    ConnectionDeviceIDType: STATIC,
    ConnectionDeviceID: view.deviceId,
    RecordingDeviceType: view.device.type,
    RecordingDeviceID: view.device.id,
  };
}
