/**
 * Numbers the events of a session, keeps the last of them and hands them to those who listen. The order is that of
 * arrival.
 */
import type { Clock } from '../../common/clock.js';
import type { Args, EventName, InterfaceName } from '../../ctios/index.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { Touched } from '../objects/object-cache.js';
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
    private readonly clock: Clock,
    historySize: number,
    private readonly failed: (error: unknown) => void,
  ) {
    this.history = new EventHistory(historySize);
    this.#all = new Listeners(failed);
  }

  /** Of the last event; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** How many subscriptions there are, over all interfaces. */
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

  /** Numbers the event, keeps it and tells it. One object per event: history and listeners share it. */
  deliver(
    event: EventName,
    interfaces: readonly InterfaceName[],
    args: Args,
    touched: Touched,
    recovered: true | undefined,
    replayed?: true,
  ): void {
    const time = this.clock.now();
    const told = new ToldEvent(event, interfaces, args, touched, ++this.#sequence, time, recovered, replayed);
    this.history.add(told);
    for (const name of interfaces) this.#byInterface.get(name)?.tell(told);
    this.#all.tell(told);
  }
}

/**
 * A class and not a literal: the history keeps the first thousand, from which the engine would conclude that all events
 * are kept, and put each among the old objects (see `common/shapes.ts`).
 */
class ToldEvent implements CilEvent {
  readonly objectId: string | undefined;
  readonly call: Call | undefined;
  readonly agent: Agent | undefined;
  readonly skillGroup: SkillGroup | undefined;

  constructor(
    readonly event: EventName,
    readonly interfaces: readonly InterfaceName[],
    readonly args: Args,
    touched: Touched,
    readonly sequence: number,
    readonly time: number,
    readonly recovered: true | undefined,
    readonly replayed: true | undefined,
  ) {
    this.objectId = touched.objectId;
    this.call = touched.call;
    this.agent = touched.agent;
    this.skillGroup = touched.skillGroup;
  }
}
