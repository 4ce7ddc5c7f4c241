import type { Direction } from '../state/codes.js';
import { Cause, Disposition, ENTERPRISE_AGENT, Lcs } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import { type Peripheral, SimulatedCall, SimulatedConnection, type SimulatedDevice } from '../state/entities.js';
import type { CallData, RouterCallKey, SimulatedConnectionState, SkillGroupRef } from '../state/events/values.js';
import type { StatisticsKeeper } from '../statistics/statistics.js';
import type { CallHooks } from './call-hooks.js';
import type { Media } from './media.js';
import { monitoredAt, silentMonitorSession } from './silent-monitors.js';
import type { Wrapups } from './wrapup.js';

export interface JoinOptions {
  callType: number;
  lineType: number;
  direction: Direction;
  skillGroup?: SkillGroupRef;
  /** SilentMonitorStatus: 1 this party monitors, 2 it is monitored. */
  silentMonitor?: 1 | 2;
}

/** How long outside parties talk when only they are left. */
const OUTSIDE_TALK_MS = 180_000;

/** How devices join and leave calls. Every connection begins and ends in this file. */
export class Connections {
  #routerCalls = 0;

  constructor(
    private readonly context: SwitchContext,
    private readonly media: Media,
    private readonly statistics: StatisticsKeeper,
    private readonly wrapups: Wrapups,
    private readonly hooks: CallHooks,
  ) {}

  /** A call without parties. @param key of the contact it belongs to; absent: a new contact */
  newCall(peripheral: Peripheral, type: number, data: CallData, key?: RouterCallKey): SimulatedCall {
    const now = this.context.clock.now();
    const call = new SimulatedCall(peripheral, peripheral.nextCallId++, type, key ?? this.#newKey(now), data, now);
    peripheral.calls.set(call.id, call);
    return call;
  }

  /** Days count from 1899-12-31, as in routers. */
  #newKey(now: number): RouterCallKey {
    return { day: Math.floor(now / 86_400_000) + 25568, callId: ++this.#routerCalls, sequence: 0 };
  }

  /** A device becomes a party: a call begins for it. */
  join(
    call: SimulatedCall,
    device: SimulatedDevice,
    state: SimulatedConnectionState,
    options: JoinOptions,
  ): SimulatedConnection {
    const now = this.context.clock.now();
    const connection = new SimulatedConnection(call, device, options.callType, options.lineType, now);
    connection.direction = options.direction;
    connection.skillGroup = options.skillGroup;
    connection.silentMonitor = options.silentMonitor ?? 0;
    connection.enter(state, now);
    call.connections.push(connection);
    device.connections.push(connection);
    this.context.events.tellCall({ kind: 'callBegin' }, connection, Cause.none, [connection]);
    this.hooks.phoneChanged(device);
    return connection;
  }

  enter(connection: SimulatedConnection, state: SimulatedConnectionState): void {
    connection.enter(state, this.context.clock.now());
  }

  /**
   * A party leaves. If that leaves one party or none, the call is over for all.
   * @param cause for this party; the others' events have none
   * @param then runs before the phones are reported as free
   */
  release(connection: SimulatedConnection, cause: number = Cause.none, then?: () => void): void {
    const call = connection.call;
    if (call.connections.length <= 2) this.hooks.withdrawRoute(call);
    const parties = [...call.connections];
    this.#leave(connection, cause, parties);
    if (call.connections.length > 1) {
      this.#shrink(call);
      this.leftAlone(call);
      this.#end(connection);
      this.#gone(connection);
      return;
    }
    const last = call.connections[0];
    if (last !== undefined) this.#leave(last, Cause.none, parties);
    this.#finish(call, last === undefined ? [connection] : [connection, last], then);
  }

  /** All parties leave, the given one first. */
  dissolve(first: SimulatedConnection, cause: number = Cause.none): void {
    const call = first.call;
    this.hooks.withdrawRoute(call);
    const parties = [first, ...call.connections.filter((each) => each !== first)];
    for (const each of parties) this.#leave(each, cause, parties);
    this.#finish(call, parties);
  }

  /** Removes a device from a call that continues elsewhere: a route point, a VRU, an agent who did not answer. */
  divert(connection: SimulatedConnection, cause: number = Cause.redirected): void {
    const call = connection.call;
    const parties = [...call.connections];
    if (call.peripheral.type === ENTERPRISE_AGENT || !connection.device.isPhone)
      this.#leave(connection, cause, parties);
    else {
      this.#silence(connection);
      this.#remove(connection);
      this.context.events.tellCall(
        { kind: 'callDiverted', diverting: connection.device.ref },
        connection,
        cause,
        parties,
      );
    }
    call.lastRedirect = connection.device.ref;
    this.#end(connection);
    this.#gone(connection);
  }

  /** Removes a party without a cleared event, because another event (transferred, conferenced) has reported it. */
  withdraw(connection: SimulatedConnection): void {
    this.#silence(connection);
    this.#remove(connection);
  }

  /** Publishes the end of the connections that {@link withdraw} removed. */
  ended(...connections: readonly [SimulatedConnection, ...SimulatedConnection[]]): void {
    for (const connection of connections) this.#end(connection);
    this.#gone(connections[0]);
  }

  /** No device of the center is on this call any longer; the outside parties hang up after a while. */
  leftAlone(call: SimulatedCall): void {
    const outside = () => call.route === undefined && call.connections.every((each) => each.device.kind === 'external');
    if (!outside()) return;
    this.later(call, OUTSIDE_TALK_MS, () => {
      if (!call.over && outside()) this.release(call.connections[0]!);
    });
  }

  /** A call that lost its last party other than by leaving. */
  discard(call: SimulatedCall): void {
    call.over = true;
    call.peripheral.calls.delete(call.id);
    for (const id of call.formerIds)
      if (call.peripheral.callsByFormerId.get(id) === call) call.peripheral.callsByFormerId.delete(id);
    for (const timer of call.timers) timer.cancel();
    this.hooks.withdrawRoute(call);
  }

  /** Runs something later, unless the call is over by then. */
  later(call: SimulatedCall, ms: number, run: () => void): () => void {
    const timer = this.context.later(ms, () => {
      call.timers.delete(timer);
      run();
    });
    call.timers.add(timer);
    return () => {
      call.timers.delete(timer);
      timer.cancel();
    };
  }

  #leave(connection: SimulatedConnection, cause: number, parties: readonly SimulatedConnection[]): void {
    if (connection.silentMonitor !== 0) this.#monitoringEnds(connection);
    this.#silence(connection);
    this.#remove(connection);
    this.context.events.tellCall(
      { kind: 'callConnectionCleared', releasing: connection.device.ref },
      connection,
      cause,
      parties,
    );
  }

  /** A device has finished a connection, and its agent continues with the next state. */
  #gone(connection: SimulatedConnection): void {
    this.hooks.phoneChanged(connection.device, connection);
    // Monitoring ends with the call that is monitored.
    const passive = monitoredAt(connection.device);
    if (passive?.monitors?.state === Lcs.none) this.release(passive);
  }

  #monitoringEnds(connection: SimulatedConnection): void {
    const listener = connection.call.connections.find((each) => each.silentMonitor === 1);
    const passive = connection.call.connections.find((each) => each.silentMonitor === 2);
    if (listener === undefined || passive === undefined) return;
    this.context.events.tell({ kind: 'silentMonitorStopped', ...silentMonitorSession(listener, passive) });
  }

  #silence(connection: SimulatedConnection): void {
    connection.ringTimer?.cancel();
    connection.ringTimer = undefined;
    this.media.stop(connection);
    this.enter(connection, Lcs.none);
  }

  #remove(connection: SimulatedConnection): void {
    const { call, device } = connection;
    this.statistics.over(connection);
    call.connections.splice(call.connections.indexOf(connection), 1);
    device.connections.splice(device.connections.indexOf(connection), 1);
    // A former party of a call can neither bring anyone into it, nor be brought. The consulting party is the one in
    // both calls: the consultation itself may have become someone else's conference.
    // A VRU may be in both, too: where one call waits in a queue, and was joined with another.
    if (call.controller === device || (device.isPhone && call.consultOf?.at(device.id) !== undefined))
      call.consultOf = undefined;
    if (device.isPhone)
      for (const each of device.connections) if (each.call.consultOf === call) each.call.consultOf = undefined;
  }

  #end(connection: SimulatedConnection): void {
    this.wrapups.end(connection, () =>
      this.context.events.tellCall({ kind: 'callEnd' }, connection, Cause.none, [connection]),
    );
  }

  #finish(call: SimulatedCall, parties: readonly SimulatedConnection[], then?: () => void): void {
    if (call.disposition === Disposition.inProgress) call.disposition = Disposition.handled;
    this.discard(call);
    for (const party of parties) {
      this.context.events.tellCall({ kind: 'callCleared' }, party, Cause.none, [party]);
      this.#end(party);
    }
    then?.();
    for (const party of parties) this.#gone(party);
  }

  /** A conference of two is an ordinary call again. */
  #shrink(call: SimulatedCall): void {
    if (call.conference && call.connections.length <= 2) call.conference = false;
  }
}
