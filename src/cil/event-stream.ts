/**
 * Numbers the events of a session, keeps the last of them and hands them to those who listen. The order is that of
 * arrival.
 */
import type { Clock } from '../common/clock.js';
import type { Args, EventName, InterfaceName } from '../ctios/index.js';
import type { CilEvent, Dispose, EventListener } from './cil-event.js';
import { EventHistory } from './history.js';
import { Listeners } from './listeners.js';
import type { Touched } from './object-cache.js';

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
    { objectId, call, agent, skillGroup }: Touched,
    recovered: true | undefined,
  ): void {
    const told: CilEvent = {
      event,
      interfaces,
      args,
      objectId,
      call,
      agent,
      skillGroup,
      sequence: ++this.#sequence,
      time: this.clock.now(),
      recovered,
    };
    this.history.add(told);
    for (const name of interfaces) this.#byInterface.get(name)?.tell(told);
    this.#all.tell(told);
  }
}
