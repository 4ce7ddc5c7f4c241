/**
 * Keeps the Call objects true to the CTI Server's call events, and publishes what they become. Which event and which
 * arguments a message becomes stands in `translation/call-events.ts`; here stands what it does to the objects.
 */
import type { Args } from '../../ctios/transport.js';
import {
  CallType,
  ConnectionDeviceIDType,
  EventCause,
  LocalConnectionState,
  type MessageOf,
  NULL_CALL_ID,
} from '../../ged188/index.js';
import type { Audience } from '../object-server.js';
import { type CallDataFields, callData } from '../translation/call-data.js';
import {
  type CallEventRow,
  type CallMessageName,
  type ConnectionMessageName,
  callEvents,
  type JoinMessageName,
  wholeCall,
} from '../translation/call-events.js';
import { enablementMask } from './button-enablement.js';
import { type ConnectionKey, ServerCall } from './calls.js';
import type { Context } from './context.js';
import type { Device } from './devices.js';
import { UNADDRESSED } from './publisher.js';

// Read once: a name of another module is looked up at each use.
const LCS = LocalConnectionState;
const { CEC_CALL_PARTY_UPDATE_IND } = EventCause;

export type CallMessage = MessageOf<CallMessageName>;
type ConnectionMessage = MessageOf<ConnectionMessageName>;
type JoinMessage = MessageOf<JoinMessageName>;
/** Messages that move a call along, without a rule of their own. */
type ProgressMessage = MessageOf<
  Exclude<
    ConnectionMessageName,
    | 'BEGIN_CALL_EVENT'
    | 'END_CALL_EVENT'
    | 'CALL_DATA_UPDATE_EVENT'
    | 'CALL_CLEARED_EVENT'
    | 'CALL_CONNECTION_CLEARED_EVENT'
  >
>;

export interface CallWatcher {
  /** A call event was published; the args are shared and not to be changed. */
  callEvent(row: { monitored: string }, args: Args, call: ServerCall): void;
  /** The call goes on under another UniqueObjectID. */
  renamed(old: string, call: ServerCall): void;
  /** A call is known of which nobody told the beginning: its data has to be asked for. */
  strayCall(call: ServerCall): void;
  /** The call is over and forgotten. */
  callEnded(call: ServerCall, device: Device | undefined): void;
}

export class CallTracker {
  watcher: CallWatcher = { callEvent() {}, renamed() {}, strayCall() {}, callEnded() {} };

  constructor(private readonly context: Context) {}

  handle(m: CallMessage): void {
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
        this.#cleared(m);
        break;
      case 'CALL_CONNECTION_CLEARED_EVENT':
        this.#connectionCleared(m);
        break;
      case 'CALL_CONFERENCED_EVENT':
        this.#conferenced(m);
        break;
      case 'CALL_TRANSFERRED_EVENT':
        this.#transferred(m);
        break;
      default:
        this.#progress(m);
        break;
    }
  }

  /** The call is gone without a word: it ended while nobody listened. */
  vanish(call: ServerCall): void {
    call.status = LCS.LCS_NULL;
    this.publish(callEvents.END_CALL_EVENT, call, callEvents.END_CALL_EVENT.args(undefined as never, call));
    this.#forget(call);
  }

  /**
   * Tells an event of a call, with what every call event carries.
   * @param to whom, if not those whom the call concerns
   */
  publish(row: { event: string; monitored: string }, call: ServerCall, args: Args, to?: Audience): void {
    this.complete(call, args);
    const { device } = call;
    this.context.publisher.publish(row.event, args, to ?? device?.audience ?? UNADDRESSED);
    if (device?.agent !== undefined && to === undefined) this.watcher.callEvent(row, args, call);
  }

  /** Adds to an event's own arguments what every call event carries. */
  complete(call: ServerCall, args: Args): Args {
    const { device } = call;
    const agent = device?.agent;
    args.UniqueObjectID = call.id;
    if (device !== undefined) args.DeviceUniqueObjectID = device.id;
    if (agent !== undefined) {
      args.FilterTarget = agent.id;
      args.EnablementMask = enablementMask(agent, call, this.context.buttons);
    }
    const { ICMEnterpriseUniqueID } = call.data;
    if (ICMEnterpriseUniqueID !== undefined) args.ICMEnterpriseUniqueID = ICMEnterpriseUniqueID;
    if (call.status !== LCS.LCS_NONE && !call.failed) args.CallStatus = call.status;
    return args;
  }

  #find(m: ConnectionMessage): ServerCall | undefined {
    const { world, arrivals } = this.context;
    const call = world.calls.find(m.PeripheralID, m.ConnectionCallID, m.ConnectionDeviceID);
    if (call !== undefined) call.asOf = arrivals.current;
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
      // A snapshot was faster: the call has begun already, only its data may be news.
      this.mergeAndTell(known, m);
      return;
    }
    const call = this.#make(keyOf(m), callData(m));
    this.#tell(callEvents.BEGIN_CALL_EVENT, m, call);
  }

  #end(m: MessageOf<'END_CALL_EVENT'>): void {
    const call = this.#find(m);
    if (call === undefined) return;
    call.status = LCS.LCS_NULL;
    this.#tell(callEvents.END_CALL_EVENT, m, call);
    this.#forget(call);
  }

  #forget(call: ServerCall): void {
    const device = call.device;
    this.context.world.removeCall(call);
    this.watcher.callEnded(call, device);
  }

  #dataUpdate(m: MessageOf<'CALL_DATA_UPDATE_EVENT'>): void {
    const call = this.#find(m) ?? this.#stray(m);
    Object.assign(call.data, callData(m));
    const args = callEvents.CALL_DATA_UPDATE_EVENT.args(m, call);
    const old = this.#rekey(call, m);
    if (old !== undefined) {
      args.OldUniqueObjectID = old;
      args.ConnectionCallID = call.callId;
      this.watcher.renamed(old, call);
    }
    if (!this.context.settings.minimizeEventArgs) addRemainingFields(args, m);
    this.publish(callEvents.CALL_DATA_UPDATE_EVENT, call, args);
  }

  /** @returns the UniqueObjectID that the call had until now, if it has another from here on */
  #rekey(call: ServerCall, m: MessageOf<'CALL_DATA_UPDATE_EVENT'>): string | undefined {
    const callId = m.NewConnectionCallID;
    const deviceId = m.NewConnectionDeviceID;
    if (callId === NULL_CALL_ID || deviceId === undefined || deviceId === '') return undefined;
    if (callId === call.callId && deviceId === call.deviceId) return undefined;
    const { calls } = this.context.world;
    // Both connections exist: one of them will end by itself, and neither may take the other's name.
    if (calls.find(call.peripheralId, callId, deviceId) !== undefined) return undefined;
    return calls.rekey(call, {
      peripheralId: call.peripheralId,
      callId,
      deviceId,
      deviceIdType: m.NewConnectionDeviceIDType,
    });
  }

  /** New or changed data of a known call; tells it only if there is any. */
  mergeAndTell(call: ServerCall, fields: CallDataFields): boolean {
    const changed = changedData(call.data, callData(fields));
    if (changed === undefined) return false;
    Object.assign(call.data, changed);
    changed.ConnectionCallID = call.callId;
    this.publish(callEvents.CALL_DATA_UPDATE_EVENT, call, changed);
    return true;
  }

  #progress(m: ProgressMessage): void {
    const call = this.#find(m) ?? this.#stray(m);
    if (call.device === undefined) this.#learnDevice(call, m);
    if (m.type === 'CALL_DELIVERED_EVENT') {
      const news = changedData(call.data, callData(m));
      if (news !== undefined) Object.assign(call.data, news);
    } else if ('ServiceNumber' in m) putServiceData(call.data, m);
    // A party update after a side switch says who the parties are, not that anything rang or was answered.
    if (m.EventCause !== CEC_CALL_PARTY_UPDATE_IND) this.#moveTo(call, m.LocalConnectionState);
    if (m.type === 'CALL_SERVICE_INITIATED_EVENT' || m.type === 'CALL_ORIGINATED_EVENT') this.#joinConsult(call, m);
    if (m.type === 'CALL_FAILED_EVENT') {
      call.status = LCS.LCS_FAIL;
      this.#tell(callEvents.CALL_FAILED_EVENT, m, call);
      call.failed = true;
      return;
    }
    this.#tell(callEvents[m.type] as CallEventRow<typeof m.type>, m as never, call);
  }

  #moveTo(call: ServerCall, state: number): void {
    if (state !== LCS.LCS_NONE) call.status = state;
  }

  /** A call made while another is at the same phone, to somebody to consult, belongs to that other call. */
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

  #cleared(m: MessageOf<'CALL_CLEARED_EVENT'>): void {
    for (const call of this.#concerned(m)) {
      this.#moveTo(call, m.LocalConnectionState);
      this.#tell(callEvents.CALL_CLEARED_EVENT, m, call);
    }
  }

  #connectionCleared(m: MessageOf<'CALL_CONNECTION_CLEARED_EVENT'>): void {
    const releasing = m.ReleasingDeviceID || m.ConnectionDeviceID || '';
    const own = this.#find(m);
    // Told under the connection of the party who left, but as another party sees it: that party's own call goes on.
    const others = own === undefined || (isAt(own, releasing) && m.LocalConnectionState !== LCS.LCS_NULL);
    if (!others) {
      this.#moveTo(own, m.LocalConnectionState);
      this.#partyLeft(own, m);
      return;
    }
    for (const call of this.context.world.calls.connections(m.PeripheralID, m.ConnectionCallID)) {
      if (isAt(call, releasing)) continue;
      call.departed ??= new Set();
      if (call.departed.has(releasing)) continue;
      call.departed.add(releasing);
      this.#partyLeft(call, m);
    }
  }

  #partyLeft(call: ServerCall, m: MessageOf<'CALL_CONNECTION_CLEARED_EVENT'>): void {
    if (call.conference && --call.parties <= 2) call.conference = false;
    if (call.status === LCS.LCS_NULL) call.endConsult();
    this.#tell(callEvents.CALL_CONNECTION_CLEARED_EVENT, m, call);
  }

  /** The connection of the message; where it is not one of ours, every connection of the call. */
  #concerned(m: ConnectionMessage): ServerCall[] {
    const own = this.#find(m);
    return own !== undefined ? [own] : this.context.world.calls.connections(m.PeripheralID, m.ConnectionCallID);
  }

  #conferenced(m: MessageOf<'CALL_CONFERENCED_EVENT'>): void {
    const controller = m.ControllerDeviceID || m.PrimaryDeviceID || '';
    for (const call of this.#joinedCalls(m, controller)) {
      call.endConsult();
      call.departed = undefined;
      call.conference = true;
      call.parties = m.ConnectedParties?.length || m.NumParties || 3;
      if (isAt(call, controller)) {
        call.conferenceController = true;
        this.#moveTo(call, m.LocalConnectionState);
      }
      this.#tell(callEvents.CALL_CONFERENCED_EVENT, m, call);
    }
  }

  #transferred(m: MessageOf<'CALL_TRANSFERRED_EVENT'>): void {
    const initiator = m.TransferringDeviceID || m.PrimaryDeviceID || '';
    for (const call of this.#joinedCalls(m, initiator)) {
      call.endConsult();
      call.departed = undefined;
      if (isAt(call, initiator)) call.status = LCS.LCS_NULL;
      this.#tell(callEvents.CALL_TRANSFERRED_EVENT, m, call);
    }
  }

  /**
   * The call objects that a message about two calls is for: every party's own, and the initiator's primary. The message
   * names the initiator's connections only, and a server may send it once for each party: each call is told it once.
   */
  #joinedCalls(m: JoinMessage, initiator: string): ServerCall[] {
    const { calls } = this.context.world;
    const join = `${m.type}.${m.PrimaryCallID}.${m.SecondaryCallID}.${m.PrimaryDeviceID}`;
    const parties = calls.connections(m.PeripheralID, m.PrimaryCallID);
    if (m.SecondaryCallID !== NULL_CALL_ID && m.SecondaryCallID !== m.PrimaryCallID) {
      for (const call of calls.connections(m.PeripheralID, m.SecondaryCallID)) {
        if (!isAt(call, initiator)) parties.push(call);
      }
    }
    const untold = parties.filter((call) => call.lastJoin !== join);
    for (const call of untold) call.lastJoin = join;
    return untold;
  }

  #make(key: ConnectionKey, data: Args): ServerCall {
    const call = new ServerCall(key, data);
    call.asOf = this.context.arrivals.current;
    this.context.world.addCall(call, this.#deviceOf(key));
    return call;
  }

  /**
   * A call whose beginning was not seen: it was there before this session, at a device no snapshot could ask for. It
   * starts with OnSnapshotCallConf, as every call does that was not seen to begin.
   */
  #stray(m: ConnectionMessage): ServerCall {
    const call = this.#make(keyOf(m), { PeripheralID: m.PeripheralID, PeripheralType: m.PeripheralType });
    if ('LocalConnectionState' in m) this.#moveTo(call, m.LocalConnectionState);
    this.introduce(call);
    this.watcher.strayCall(call);
    return call;
  }

  /** Makes a call known that was learned from a snapshot. */
  introduce(call: ServerCall, more: Args = {}): void {
    const { publisher } = this.context;
    const before = publisher.recovering;
    publisher.recovering = true;
    this.publish(SNAPSHOT_CALL, call, { ...wholeCall(call), ...more });
    publisher.recovering = before;
  }

  /** Adds a call that a snapshot told of, without a word. */
  add(key: ConnectionKey, data: Args, device: Device | undefined): ServerCall {
    const call = new ServerCall(key, data);
    this.context.world.addCall(call, device ?? this.#deviceOf(key));
    return call;
  }

  #deviceOf(key: ConnectionKey): Device | undefined {
    const { devices } = this.context.world;
    const known = devices.find(key.peripheralId, key.deviceId);
    if (known !== undefined) return known;
    // A dynamic connection's id is opaque: an event that names the party will tell.
    if (key.deviceIdType !== ConnectionDeviceIDType.CONNECTION_ID_STATIC || key.deviceId === '') return undefined;
    return devices.at(key.peripheralId, key.deviceId);
  }

  #learnDevice(call: ServerCall, m: ProgressMessage): void {
    const name = ownParty(m);
    if (name !== undefined && name !== '') {
      this.context.world.placeCall(call, this.context.world.devices.at(call.peripheralId, name));
    }
  }
}

const SNAPSHOT_CALL = { event: 'OnSnapshotCallConf', monitored: 'OnMonitoredCallBegin' };

const CONSULTATIONS: ReadonlySet<number> = new Set([
  CallType.CALLTYPE_CONSULT,
  CallType.CALLTYPE_ASSIST,
  CallType.CALLTYPE_EMERGENCY,
]);

function heldAt(call: ServerCall): ServerCall | undefined {
  for (const other of call.device!.calls) {
    if (other !== call && (other.status === LCS.LCS_HOLD || other.status === LCS.LCS_CONNECT)) return other;
  }
  return undefined;
}

/** The party of the message whose own connection it is about, by the state of that connection. */
function ownParty(m: ProgressMessage): string | undefined {
  const state = m.LocalConnectionState;
  switch (m.type) {
    case 'CALL_DELIVERED_EVENT':
      return state === LCS.LCS_ALERTING
        ? m.AlertingDeviceID
        : state === LCS.LCS_INITIATE
          ? m.CallingDeviceID
          : undefined;
    case 'CALL_ORIGINATED_EVENT':
    case 'CALL_SERVICE_INITIATED_EVENT':
      return m.CallingDeviceID;
    case 'CALL_HELD_EVENT':
      return state === LCS.LCS_HOLD ? m.HoldingDeviceID : undefined;
    case 'CALL_QUEUED_EVENT':
      return state === LCS.LCS_QUEUED ? m.QueueDeviceID : undefined;
    default:
      return undefined;
  }
}

function isAt(call: ServerCall, deviceId: string): boolean {
  return call.deviceId === deviceId || (call.device?.names.has(deviceId) ?? false);
}

function keyOf(m: ConnectionMessage): ConnectionKey {
  return {
    peripheralId: m.PeripheralID,
    callId: m.ConnectionCallID,
    deviceIdType: m.ConnectionDeviceIDType,
    deviceId: m.ConnectionDeviceID ?? '',
  };
}

function putServiceData(data: Args, m: CallDataFields): void {
  const news = callData({
    ServiceNumber: m.ServiceNumber,
    ServiceID: m.ServiceID,
    SkillGroupNumber: m.SkillGroupNumber,
    SkillGroupID: m.SkillGroupID,
    SkillGroupPriority: m.SkillGroupPriority,
  });
  Object.assign(data, news);
}

/** What of `news` differs from `known`; undefined if nothing does. */
export function changedData(known: Args, news: Args): Args | undefined {
  let changed: Args | undefined;
  for (const key in news) {
    if (same(known[key], news[key])) continue;
    changed ??= {};
    changed[key] = news[key]!;
  }
  return changed;
}

function same(a: Args[string] | undefined, b: Args[string] | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}

/** With MinimizeEventArgs off: every field of the message that is no argument yet. */
function addRemainingFields(args: Args, m: object): void {
  for (const [field, value] of Object.entries(m)) {
    if (field === 'type' || field in args) continue;
    if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') args[field] = value;
  }
}
