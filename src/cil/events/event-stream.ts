/**
 * Numbers the events of a session, keeps the most recent ones and delivers them to listeners, in order of arrival.
 */
import type { Clock } from '../../common/clock.js';
import type { Args, EventName, InterfaceName } from '../../ctios/index.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { Touched } from '../objects/object-cache.js';
import { type ObjectBefore, type PreviousValues, previousValues } from '../objects/previous-values.js';
import type { SkillGroup } from '../objects/skill-group.js';
import type { CilEvent, Dispose, EventListener } from './cil-event.js';
import { EventHistory } from './history.js';
import { Listeners } from './listeners.js';

/** Listeners of every interface, a session's own included. */
export const ALL_IN_ONE = 'AllInOne';

export class EventStream {
  readonly history: EventHistory;
  #sequence = 0;
  #byInterface = new Map<string, Listeners<CilEvent>>();
  #all: Listeners<CilEvent>;

  constructor(
    readonly clock: Clock,
    historySize: number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.history = new EventHistory(historySize);
    this.#all = new Listeners(failed);
  }

  /** The sequence of the last event; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Number of subscriptions, over all interfaces. */
  get listenerCount(): number {
    let count = this.#all.count;
    for (const listeners of this.#byInterface.values()) count += listeners.count;
    return count;
  }

  subscribe(interfaceName: string, listener: EventListener): Dispose {
    if (interfaceName === ALL_IN_ONE) return this.#all.add(listener);
    let listeners = this.#byInterface.get(interfaceName);
    if (listeners === undefined) {
      listeners = new Listeners(this.failed);
      this.#byInterface.set(interfaceName, listeners);
    }
    return listeners.add(listener);
  }

  /** Numbers, stores and delivers the event. One object per event, shared by history and listeners. */
  deliver(
    event: EventName,
    interfaces: readonly InterfaceName[],
    args: Args,
    touched: Touched,
    recovered: true | undefined,
    replayed?: true,
    time = this.clock.now(),
    at = this.clock.monotonic(),
  ): void {
    this.#tell(new ToldEvent(event, interfaces, args, touched, ++this.#sequence, time, at, recovered, replayed));
  }

  /**
   * Delivers an event of another session as one of this session, with a new number.
   * @param whose the agent of that session; absent if it belongs to no agent
   */
  relay(event: CilEvent, whose: Pick<CilEvent, 'agentId' | 'peripheralId'> = {}): CilEvent {
    const told = new RelayedEvent(event, ++this.#sequence, whose.agentId, whose.peripheralId);
    this.#tell(told);
    return told;
  }

  #tell(told: CilEvent): void {
    this.history.add(told);
    for (const name of told.interfaces) this.#byInterface.get(name)?.tell(told);
    this.#all.tell(told);
  }
}

/**
 * A class instead of a literal: the history keeps the first thousand, from which V8 would conclude that all events live
 * long, and allocate each in the old generation (see `common/compiled-records.ts`).
 */
class ToldEvent implements CilEvent {
  readonly objectId: string | undefined;
  readonly call: Call | undefined;
  readonly agent: Agent | undefined;
  readonly skillGroup: SkillGroup | undefined;
  /** Kept until the values that it replaced have been determined. */
  #before: ObjectBefore | undefined;
  #previous: PreviousValues | undefined;

  constructor(
    readonly event: EventName,
    readonly interfaces: readonly InterfaceName[],
    readonly args: Args,
    touched: Touched,
    readonly sequence: number,
    readonly time: number,
    readonly at: number,
    readonly recovered: true | undefined,
    readonly replayed: true | undefined,
  ) {
    this.objectId = touched.objectId;
    this.call = touched.call;
    this.agent = touched.agent;
    this.skillGroup = touched.skillGroup;
    this.#before = touched.before;
  }

  get previous(): PreviousValues | undefined {
    if (this.#before !== undefined) {
      this.#previous = previousValues(this.#before, this.args);
      this.#before = undefined;
    }
    return this.#previous;
  }
}

/** An event of one agent's session, as delivered by the sessions of many agents. */
class RelayedEvent implements CilEvent {
  readonly event: EventName;
  readonly interfaces: readonly string[];
  readonly args: Args;
  readonly objectId: string | undefined;
  readonly call: Call | undefined;
  readonly agent: Agent | undefined;
  readonly skillGroup: SkillGroup | undefined;
  readonly time: number;
  readonly at: number | undefined;
  readonly recovered: true | undefined;
  readonly replayed: true | undefined;
  readonly #told: CilEvent;

  constructor(
    told: CilEvent,
    readonly sequence: number,
    readonly agentId: string | undefined,
    readonly peripheralId: number | undefined,
  ) {
    this.event = told.event;
    this.interfaces = told.interfaces;
    this.args = told.args;
    this.objectId = told.objectId;
    this.call = told.call;
    this.agent = told.agent;
    this.skillGroup = told.skillGroup;
    this.time = told.time;
    this.at = told.at;
    this.recovered = told.recovered;
    this.replayed = told.replayed;
    this.#told = told;
  }

  get previous(): PreviousValues | undefined {
    return this.#told.previous;
  }
}
