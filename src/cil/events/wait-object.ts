/**
 * Waits for one of a set of events. A wait ends by an event, by its time-out, or because the session is disconnected; a
 * failover does not end it. Source: CTI OS Developer Guide, "WaitObject".
 */
import type { Clock } from '../../common/clock.js';
import { CtiosError, type EventName, eventById, eventByName } from '../../ctios/index.js';
import type { CilEvent, Dispose } from './cil-event.js';

export type WaitOutcome = 'EVENT_SIGNALED' | 'EVENT_WAIT_TIMEDOUT' | 'WAIT_FAILED';

/** Names (or aliases) and numbers of events. */
export type EventMask = readonly (string | number)[];

export interface WaitOptions {
  /** Narrows the wait: only an event for which this holds ends it. */
  match?: (event: CilEvent) => boolean;
  /** Events of the history after this one end it, too: events between a request and the wait are not missed. */
  afterSequence?: number;
}

/** What a wait needs from its session. */
export interface WaitHost {
  readonly clock: Clock;
  readonly history: Iterable<CilEvent>;
  listen(listener: (event: CilEvent) => void): Dispose;
}

export class WaitObject {
  #events: ReadonlySet<EventName>;
  #trigger: CilEvent | undefined;
  #waits = new Set<(result: WaitOutcome) => void>();

  constructor(
    private readonly host: WaitHost,
    mask: EventMask,
  ) {
    this.#events = namesOf(mask);
  }

  /** @throws CtiosError E_CTIOS_INVALID_EVENTID */
  setMask(mask: EventMask): void {
    this.#events = namesOf(mask);
  }

  getMask(): EventName[] {
    return [...this.#events];
  }

  inMask(event: string | number): boolean {
    const name = nameOf(event);
    return name !== undefined && this.#events.has(name);
  }

  /** The event that ended the most recent successful wait. */
  getTriggerEvent(): CilEvent | undefined {
    return this.#trigger;
  }

  dumpEventMask(): string {
    return this.getMask().join(', ');
  }

  /**
   * Resolves with the first event of the mask. Several waits may be pending at once.
   * @param milliseconds absent: unlimited
   */
  waitOnMultipleEvents(milliseconds?: number, options: WaitOptions = {}): Promise<WaitOutcome> {
    const fits = (event: CilEvent) =>
      this.#events.has(event.event as EventName) && (options.match === undefined || options.match(event));
    const { afterSequence } = options;
    if (afterSequence !== undefined) {
      for (const event of this.host.history) {
        if (event.sequence <= afterSequence || !fits(event)) continue;
        this.#trigger = event;
        return Promise.resolve('EVENT_SIGNALED');
      }
    }
    return new Promise((resolve) => {
      const end = (result: WaitOutcome) => {
        if (!this.#waits.delete(end)) return;
        dispose();
        timer?.cancel();
        resolve(result);
      };
      const dispose = this.host.listen((event) => {
        if (!fits(event)) return;
        this.#trigger = event;
        end('EVENT_SIGNALED');
      });
      const timer =
        milliseconds === undefined ? undefined : this.host.clock.after(milliseconds, () => end('EVENT_WAIT_TIMEDOUT'));
      this.#waits.add(end);
    });
  }

  /** Ends every wait with WAIT_FAILED, because the session or the application no longer needs it. */
  fail(): void {
    for (const end of [...this.#waits]) end('WAIT_FAILED');
  }
}

function nameOf(event: string | number): EventName | undefined {
  return (typeof event === 'number' ? eventById(event) : eventByName(event))?.name;
}

function namesOf(mask: EventMask): ReadonlySet<EventName> {
  return new Set(
    mask.map((each) => {
      const name = nameOf(each);
      if (name === undefined) throw new CtiosError('E_CTIOS_INVALID_EVENTID', `there is no event "${each}"`);
      return name;
    }),
  );
}
