/**
 * Updates the Call objects from the CTI Server's call events, and publishes the changes. `translation/call-events.ts`
 * defines which event and which arguments a message becomes; this file defines how it changes the objects.
 */

import { RecordExtension } from '../../../common/records/extension.js';
import type { Args, ArgValue } from '../../../ctios/transport.js';
import {
  ConnectionDeviceIDType,
  EventCause,
  LocalConnectionState,
  type MessageOf,
  NULL_CALL_ID,
} from '../../../ged188/index.js';
import { addRemainingFields, changedData } from '../../model/call-data-changes.js';
import { type ConnectionKey, type Device, ServerCall } from '../../model/entities.js';
import type { Audience } from '../../object-server.js';
import { type CallDataFields, callData, putService } from '../../translation/call-data.js';
import {
  type CallEventRow,
  type CallMessageName,
  callEventTranslations,
  wholeCall,
} from '../../translation/call-events.js';
import { enablementMask } from '../core/button-enablement.js';
import type { Context } from '../core/context.js';
import { UNADDRESSED } from '../core/publisher.js';
import { CallJoins, moveTo } from './call-joins.js';
import {
  type CallMessage,
  CONSULTATIONS,
  type ConnectionMessage,
  heldAt,
  ownParty,
  type ProgressMessage,
} from './call-parties.js';

// Read once: an imported name is looked up at each use.
const LCS = LocalConnectionState;
const { CEC_CALL_PARTY_UPDATE_IND } = EventCause;
const NO_CALL = NULL_CALL_ID;
const { CONNECTION_ID_STATIC } = ConnectionDeviceIDType;

export interface CallWatcher {
  /** A call event was published; its arguments are shared and must not be modified. */
  callEvent(row: { monitored: string }, args: Args, call: ServerCall): void;
  /** The call continues under another UniqueObjectID. */
  renamed(old: string, call: ServerCall): void;
  /** A call is known whose beginning was not observed: its data must be queried. */
  unknownCall(call: ServerCall): void;
  /** The call is over and forgotten. */
  callEnded(call: ServerCall, device: Device | undefined): void;
}

export class CallTracker {
  readonly #joins: CallJoins;

  constructor(
    private readonly context: Context,
    private readonly watcher: CallWatcher,
  ) {
    this.#joins = new CallJoins(context, {
      find: (m) => this.#find(m),
      tell: (row, m, call) => this.#tell(row, m, call),
    });
  }

  handle(m: CallMessage): void {
    // A truncated message names no call; none is created from it.
    if ((m as { ConnectionCallID?: number }).ConnectionCallID === NO_CALL) return;
    switch (m.type) {
      case 'BEGIN_CALL_EVENT':
        this.#begin(m);
        break;
      case 'END_CALL_EVENT':
        this.#end(m);
        break;
      case 'CALL_DATA_UPDATE_EVENT':
        this.#dataUpdate(m);
        break;
      case 'CALL_CLEARED_EVENT':
        this.#joins.cleared(m);
        break;
      case 'CALL_CONNECTION_CLEARED_EVENT':
        this.#joins.connectionCleared(m);
        break;
      case 'CALL_CONFERENCED_EVENT':
        this.#joins.conferenced(m);
        break;
      case 'CALL_TRANSFERRED_EVENT':
        this.#joins.transferred(m);
        break;
      default:
        this.#progress(m);
        break;
    }
  }

  /** The call is gone without an event: it ended unobserved. */
  vanish(call: ServerCall): void {
    call.status = LCS.LCS_NULL;
    this.publish(
      callEventTranslations.END_CALL_EVENT,
      call,
      callEventTranslations.END_CALL_EVENT.args(undefined as never, call),
    );
    this.#forget(call);
  }

  /**
   * Publishes an event of a call, with the arguments that every call event carries.
   * @param to the audience, if it is not those whom the call concerns
   */
  publish(row: { event: string; monitored: string }, call: ServerCall, own: Args, to?: Audience): void {
    const { device } = call;
    const agent = device?.agent;
    // An event that is sent to only one of several desktops does not count as sent to the others.
    if (agent !== undefined && (to?.client === undefined || !this.context.desktops.hasOther(agent, to.client)))
      call.lastSentMask = enablementMask(agent, call, this.context.buttons);
    const args = this.complete(call, own);
    this.context.publisher.publish(row.event, args, to ?? device?.audience ?? UNADDRESSED);
    if (to === undefined) this.watcher.callEvent(row, args, call);
  }

  /**
   * An event's own arguments, and those that every call event carries. An event that only one client requested does not
   * count as sent to the desktops of the agent, which must still receive changes of the buttons.
   */
  complete(call: ServerCall, own: Args): Args {
    const { device } = call;
    const agent = device?.agent;
    this.context.buttonUpdates.mark(agent);
    return CARRIED.of(
      own,
      call.id,
      device?.id,
      agent?.id,
      agent && enablementMask(agent, call, this.context.buttons),
      call.data.ICMEnterpriseUniqueID,
      call.status !== LCS.LCS_NONE && !call.failed ? call.status : undefined,
    );
  }

  #find(m: ConnectionMessage): ServerCall | undefined {
    const { world, order } = this.context;
    const call = world.calls.find(m.PeripheralID, m.ConnectionCallID, m.ConnectionDeviceID);
    if (call !== undefined) call.updatedAtSeq = order.current;
    return call;
  }

  #tell<N extends CallMessageName>(row: CallEventRow<N>, m: MessageOf<N>, call: ServerCall): void {
    const args = row.args(m, call);
    if (!this.context.settings.minimizeEventArgs) addRemainingFields(args, m);
    this.publish(row, call, args);
  }

  #begin(m: MessageOf<'BEGIN_CALL_EVENT'>): void {
    const known = this.#find(m);
    if (known !== undefined) {
      // A snapshot was faster: the call has begun already, only its data may be new.
      this.mergeAndTell(known, m);
      return;
    }
    const call = this.#make(keyOf(m), callData(m));
    this.#tell(callEventTranslations.BEGIN_CALL_EVENT, m, call);
  }

  #end(m: MessageOf<'END_CALL_EVENT'>): void {
    const call = this.#find(m);
    if (call === undefined) return;
    call.status = LCS.LCS_NULL;
    this.#tell(callEventTranslations.END_CALL_EVENT, m, call);
    this.#forget(call);
  }

  #forget(call: ServerCall): void {
    const device = call.device;
    this.context.world.removeCall(call);
    this.context.buttonUpdates.mark(device?.agent);
    this.watcher.callEnded(call, device);
  }

  #dataUpdate(m: MessageOf<'CALL_DATA_UPDATE_EVENT'>): void {
    const call = this.#find(m) ?? this.#renamed(m);
    Object.assign(call.data, callData(m));
    const args = callEventTranslations.CALL_DATA_UPDATE_EVENT.args(m, call);
    const old = this.#rekey(call, m);
    if (old !== undefined) {
      args.OldUniqueObjectID = old;
      args.ConnectionCallID = call.callId;
      this.watcher.renamed(old, call);
    }
    if (!this.context.settings.minimizeEventArgs) addRemainingFields(args, m);
    this.publish(callEventTranslations.CALL_DATA_UPDATE_EVENT, call, args);
  }

  /** A renamed call that was unknown under its old id. Queries must use the new one. */
  #renamed(m: MessageOf<'CALL_DATA_UPDATE_EVENT'>): ServerCall {
    const key = newKeyOf(m);
    if (key === undefined) return this.#stray(m);
    const { callId, deviceIdType, deviceId } = key;
    const now: ConnectionMessage = {
      ...m,
      ConnectionCallID: callId,
      ConnectionDeviceIDType: deviceIdType,
      ConnectionDeviceID: deviceId,
    };
    return this.#find(now) ?? this.#stray(now);
  }

  /** @returns the UniqueObjectID that the call had until now, if it changes here */
  #rekey(call: ServerCall, m: MessageOf<'CALL_DATA_UPDATE_EVENT'>): string | undefined {
    const key = newKeyOf(m);
    if (key === undefined || (key.callId === call.callId && key.deviceId === call.deviceId)) return undefined;
    const { calls } = this.context.world;
    // Both connections exist: one of them will end separately, and neither may take the other's id.
    if (calls.find(key.peripheralId, key.callId, key.deviceId) !== undefined) return undefined;
    return calls.rekey(call, key);
  }

  /** New or changed data of a known call; published only if there is any. */
  mergeAndTell(call: ServerCall, fields: CallDataFields): boolean {
    const changed = changedData(call.data, callData(fields));
    if (changed === undefined) return false;
    Object.assign(call.data, changed);
    changed.ConnectionCallID = call.callId;
    this.publish(callEventTranslations.CALL_DATA_UPDATE_EVENT, call, changed);
    return true;
  }

  #progress(m: ProgressMessage): void {
    const call = this.#find(m) ?? this.#stray(m);
    if (call.device === undefined) this.#learnDevice(call, m);
    if (m.type === 'CALL_DELIVERED_EVENT') {
      const news = changedData(call.data, callData(m));
      if (news !== undefined) Object.assign(call.data, news);
    } else if ('ServiceNumber' in m) putService(call.data, m);
    // A party that joins the call, perhaps again, may leave it again.
    if (m.type === 'CALL_DELIVERED_EVENT' || m.type === 'CALL_ESTABLISHED_EVENT') call.departed = undefined;
    // A party update after a side switch only lists the parties: nothing has rung or was answered.
    if (m.EventCause !== CEC_CALL_PARTY_UPDATE_IND) moveTo(call, m.LocalConnectionState);
    if (m.type === 'CALL_SERVICE_INITIATED_EVENT' || m.type === 'CALL_ORIGINATED_EVENT') this.#joinConsult(call, m);
    if (m.type === 'CALL_FAILED_EVENT') {
      call.status = LCS.LCS_FAIL;
      this.#tell(callEventTranslations.CALL_FAILED_EVENT, m, call);
      call.failed = true;
      return;
    }
    this.#tell(callEventTranslations[m.type] as CallEventRow<typeof m.type>, m as never, call);
  }

  /** A call made to consult someone while another is at the same phone belongs to that other call. */
  #joinConsult(
    call: ServerCall,
    m: MessageOf<'CALL_SERVICE_INITIATED_EVENT'> | MessageOf<'CALL_ORIGINATED_EVENT'>,
  ): void {
    if (call.consultOf !== undefined || call.device === undefined) return;
    const named =
      m.type === 'CALL_SERVICE_INITIATED_EVENT' && m.COCConnectionCallID !== undefined
        ? this.context.world.calls.find(m.PeripheralID, m.COCConnectionCallID, m.COCCallConnectionDeviceID)
        : undefined;
    const original = named ?? (CONSULTATIONS.has(call.data.CallType as number) ? heldAt(call) : undefined);
    if (original === undefined || original === call || original.consult !== undefined) return;
    call.consultAbout(original, original.askedConsultType ?? 0);
    original.askedConsultType = undefined;
  }

  #make(key: ConnectionKey, data: Args): ServerCall {
    const call = new ServerCall(key, data);
    call.updatedAtSeq = this.context.order.current;
    this.context.world.addCall(call, this.#deviceOf(key));
    return call;
  }

  /**
   * A call whose beginning was not observed: it existed before this session, at a device that no snapshot could query.
   * It starts with OnSnapshotCallConf, like every call whose beginning was not observed.
   */
  #stray(m: ConnectionMessage): ServerCall {
    const call = this.#make(keyOf(m), { PeripheralID: m.PeripheralID, PeripheralType: m.PeripheralType });
    if ('LocalConnectionState' in m) moveTo(call, m.LocalConnectionState);
    this.announceFromSnapshot(call);
    this.watcher.unknownCall(call);
    return call;
  }

  /** Publishes a call that was learned from a snapshot. */
  announceFromSnapshot(call: ServerCall, more: Args = {}): void {
    this.context.publisher.recovered(() => this.publish(SNAPSHOT_CALL, call, { ...wholeCall(call), ...more }));
  }

  /** Adds a call from a snapshot without publishing it. */
  add(key: ConnectionKey, data: Args, device: Device | undefined): ServerCall {
    const call = new ServerCall(key, data);
    this.context.world.addCall(call, device ?? this.#deviceOf(key));
    return call;
  }

  #deviceOf(key: ConnectionKey): Device | undefined {
    const { devices } = this.context.world;
    const known = devices.find(key.peripheralId, key.deviceId);
    if (known !== undefined) return known;
    // A dynamic connection's id is opaque; a later event names the party.
    if (key.deviceIdType !== CONNECTION_ID_STATIC || key.deviceId === '') return undefined;
    return devices.at(key.peripheralId, key.deviceId);
  }

  #learnDevice(call: ServerCall, m: ProgressMessage): void {
    const name = ownParty(m);
    if (name !== undefined && name !== '') {
      this.context.world.placeCall(call, this.context.world.devices.at(call.peripheralId, name));
    }
  }
}

/** The arguments that every call event carries, if known, after its own. */
const CARRIED = new RecordExtension<ArgValue>([
  'UniqueObjectID',
  'DeviceUniqueObjectID',
  'FilterTarget',
  'EnablementMask',
  'ICMEnterpriseUniqueID',
  'CallStatus',
]);

const SNAPSHOT_CALL = { event: 'OnSnapshotCallConf', monitored: 'OnMonitoredCallBegin' };

/** The connection under which the call continues; undefined where the message names none. */
function newKeyOf(m: MessageOf<'CALL_DATA_UPDATE_EVENT'>): ConnectionKey | undefined {
  const { NewConnectionCallID: callId, NewConnectionDeviceID: deviceId, NewConnectionDeviceIDType: deviceIdType } = m;
  if (callId === NO_CALL || deviceId === undefined || deviceId === '') return undefined;
  return { peripheralId: m.PeripheralID, callId, deviceIdType, deviceId };
}

function keyOf(m: ConnectionMessage): ConnectionKey {
  return {
    peripheralId: m.PeripheralID,
    callId: m.ConnectionCallID,
    deviceIdType: m.ConnectionDeviceIDType,
    deviceId: m.ConnectionDeviceID ?? '',
  };
}
