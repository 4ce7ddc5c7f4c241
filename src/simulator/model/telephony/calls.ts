import type { CallDataPatch, CommandOutcome } from '../state/api.js';
import { changeData } from '../state/call-data.js';
import { Cause, ENTERPRISE_AGENT, Lcs, Limit } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedConnection } from '../state/entities.js';
import type { ConnectionRef } from '../state/events/values.js';
import { accept, refuse } from '../state/refusals.js';
import type { CallHooks } from './call-hooks.js';
import { isReservation } from './conditions.js';
import type { Connections } from './connections.js';
import type { Media } from './media.js';
import type { Wrapups } from './wrapup.js';

/** Operations of a party on a call: answer, hold, retrieve, alternate, reconnect, clear, signal, annotate. */
export class SimulatedCalls {
  constructor(
    private readonly context: SwitchContext,
    private readonly media: Media,
    private readonly wrapups: Wrapups,
    private readonly connections: Connections,
    private readonly hooks: CallHooks,
  ) {}

  answer(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    if (found.value.state !== Lcs.alerting || isReservation(found.value)) return refuse('nothingToAnswer');
    this.establish(found.value);
    return accept();
  }

  /** The ringing stops, and the parties talk. */
  establish(connection: SimulatedConnection, cause: number = Cause.none): void {
    // A phone can have one active call; a VRU many. A monitored leg does not count.
    if (connection.device.isPhone && connection.silentMonitor !== 2)
      for (const other of connection.device.connections)
        if (other !== connection && other.state === Lcs.connect && other.silentMonitor === 0)
          this.#hold(other, Cause.none);
    connection.ringTimer?.cancel();
    connection.ringTimer = undefined;
    this.connections.enter(connection, Lcs.connect);
    const call = connection.call;
    for (const each of call.connections) if (each.state === Lcs.initiate) this.connections.enter(each, Lcs.connect);
    this.hooks.answered(connection);
    this.context.events.tellCall(
      { kind: 'callEstablished', answering: connection.device.ref, skillGroup: connection.skillGroup },
      connection,
      cause,
    );
    for (const each of call.connections) this.hooks.phoneChanged(each.device);
    for (const each of call.connections) this.media.follow(each);
  }

  hold(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    if (found.value.state !== Lcs.connect || found.value.silentMonitor !== 0) return refuse('nothingActive');
    this.#hold(found.value, Cause.none);
    return accept();
  }

  /** Puts a connection on hold for a consultation: the consultation's first event. */
  holdForConsult(connection: SimulatedConnection): void {
    this.#hold(connection, Cause.none);
  }

  #hold(connection: SimulatedConnection, cause: number): void {
    this.connections.enter(connection, Lcs.hold);
    this.context.events.tellCall({ kind: 'callHeld', holding: connection.device.ref }, connection, cause);
    this.hooks.phoneChanged(connection.device);
    this.media.follow(connection);
  }

  retrieve(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    if (found.value.state !== Lcs.hold) return refuse('nothingHeld');
    if (isOccupied(found.value)) return refuse('resourceBusy');
    this.#retrieve(found.value, Cause.none);
    return accept();
  }

  #retrieve(connection: SimulatedConnection, cause: number): void {
    this.connections.enter(connection, Lcs.connect);
    this.context.events.tellCall({ kind: 'callRetrieved', retrieving: connection.device.ref }, connection, cause);
    this.hooks.phoneChanged(connection.device);
    this.media.follow(connection);
  }

  alternate(activeRef: ConnectionRef, otherRef: ConnectionRef): CommandOutcome {
    const pair = this.#pair(activeRef, otherRef);
    if (!pair.ok) return pair;
    const [active, held] = pair.value;
    if (active.state !== Lcs.connect) return refuse('nothingActive');
    if (held.state !== Lcs.hold) return refuse('nothingHeld');
    this.#hold(active, Cause.alternate);
    this.#retrieve(held, Cause.alternate);
    return accept();
  }

  reconnect(activeRef: ConnectionRef, heldRef: ConnectionRef): CommandOutcome {
    const pair = this.#pair(activeRef, heldRef);
    if (!pair.ok) return pair;
    const [active, held] = pair.value;
    if (held.state !== Lcs.hold) return refuse('nothingHeld');
    if (active.state === Lcs.hold || active.state === Lcs.alerting) return refuse('nothingActive');
    this.connections.release(active);
    if (!held.call.over) this.#retrieve(held, Cause.none);
    return accept();
  }

  #pair(
    activeRef: ConnectionRef,
    heldRef: ConnectionRef,
  ): CommandOutcome<[active: SimulatedConnection, held: SimulatedConnection]> {
    const active = this.context.world.phoneConnection(activeRef);
    if (!active.ok) return active;
    const held = this.context.world.phoneConnection(heldRef);
    if (!held.ok) return held;
    if (active.value.device !== held.value.device || active.value === held.value) return refuse('wrongCallState');
    // A silently monitored call is not one the agent could switch to.
    if (active.value.silentMonitor !== 0 || held.value.silentMonitor !== 0) return refuse('wrongCallState');
    return accept([active.value, held.value]);
  }

  clearConnection(ref: ConnectionRef, requester?: string): CommandOutcome {
    const byAnother = requester !== undefined && requester !== ref.deviceId;
    const found = byAnother ? this.context.world.connection(ref) : this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    const connection = found.value;
    const { call } = connection;
    if (requester !== undefined && requester !== connection.device.id && requester !== connection.device.instrument) {
      const other = call.at(requester) ?? call.connections.find((each) => each.device.instrument === requester);
      if (other === undefined) return refuse('requestForAnother');
      if (!call.conference || !this.mayControl(other)) return refuse('notConferenceController');
    } else if (connection.state === Lcs.alerting || connection.silentMonitor === 2) return refuse('nothingToClear');
    this.connections.release(connection);
    return accept();
  }

  /** Whether this party may add and drop parties of its call. */
  mayControl(connection: SimulatedConnection): boolean {
    const { call } = connection;
    return !call.conference || this.context.settings.multipleControllers || call.controller === connection.device;
  }

  clearCall(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    // Unified CCE offers ClearConnection for each party, never Clear for all.
    if (found.value.call.peripheral.type === ENTERPRISE_AGENT) return refuse('unsupported');
    if (found.value.state === Lcs.alerting || found.value.silentMonitor === 2) return refuse('nothingToClear');
    this.connections.dissolve(found.value);
    return accept();
  }

  sendDtmf(ref: ConnectionRef, digits: string): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    if (digits.length > Limit.dtmf || !/^[0-9A-Da-d*#,]+$/.test(digits)) return refuse('badDigits');
    if (found.value.state !== Lcs.connect) return refuse('nothingActive');
    this.context.events.tellCall({ kind: 'dtmfSent', digits }, found.value, Cause.none, [found.value]);
    return accept();
  }

  setCallData(ref: ConnectionRef, patch: CallDataPatch): CommandOutcome {
    const found = this.context.world.connection(ref);
    if (!found.ok) return this.wrapups.setData(ref, patch) ?? found;
    const { call } = found.value;
    const changed = changeData(call.data, patch, this.context.world.dataRules);
    if (!changed.ok) return changed;
    call.data = changed.value.data;
    if (patch.callType !== undefined) {
      call.type = patch.callType;
      found.value.callType = patch.callType;
    }
    if (patch.disposition !== undefined) call.disposition = patch.disposition;
    this.tellData(found.value, changed.value.changed);
    this.hooks.dataSet(found.value);
    return accept();
  }

  /** Publishes changed data. @param about whose connection changed it */
  tellData(about: SimulatedConnection, changed: readonly string[], views?: readonly SimulatedConnection[]): void {
    this.context.events.tellCall(
      { kind: 'callDataUpdate', newConnection: about.ref, changed },
      about,
      Cause.none,
      views,
    );
  }

  startRecording(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    if (!this.context.settings.recordingServer) return refuse('noRecorder');
    if (found.value.state !== Lcs.connect) return refuse('nothingActive');
    if (found.value.call.recording) return refuse('alreadyRecording');
    this.record(found.value, true);
    return accept();
  }

  stopRecording(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    if (!this.context.settings.recordingServer) return refuse('noRecorder');
    if (!found.value.call.recording) return refuse('notRecording');
    this.record(found.value, false);
    return accept();
  }

  record(connection: SimulatedConnection, on: boolean): void {
    connection.call.recording = on;
    this.context.events.tellCall(
      { kind: on ? 'recordingStarted' : 'recordingStopped', agentId: connection.agent?.config.agentId },
      connection,
      Cause.none,
      [connection],
    );
    if (on) this.context.events.tellCall({ kind: 'recordingTarget' }, connection, Cause.none, [connection]);
  }

  reportBadLine(ref: ConnectionRef): CommandOutcome {
    const found = this.context.world.phoneConnection(ref);
    if (!found.ok) return found;
    found.value.call.badLine = true;
    return accept();
  }
}

/** Whether the device of this connection is talking or dialing on another one. */
export function isOccupied(connection: SimulatedConnection): boolean {
  return connection.device.connections.some(
    (each) =>
      each !== connection &&
      each.silentMonitor === 0 &&
      each.state !== Lcs.hold &&
      each.state !== Lcs.none &&
      each.state !== Lcs.queued,
  );
}
