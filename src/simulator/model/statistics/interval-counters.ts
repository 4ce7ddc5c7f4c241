/**
 * Counters of one period. Times are stored in milliseconds and read in seconds. The end of a period resets the counters
 * at the next access; no timer runs.
 */

/** What is counted for agents and for skill groups, by the base names of the statistics. */
export const metrics = [
  'AvailTime',
  'LoggedOnTime',
  'NotReadyTime',
  'ICMAvailableTime',
  'RoutableTime',
  'AgentOutCalls',
  'AgentOutCallsTalkTime',
  'AgentOutCallsTime',
  'AgentOutCallsHeld',
  'AgentOutCallsHeldTime',
  'HandledCalls',
  'HandledCallsTalkTime',
  'HandledCallsAfterCallTime',
  'HandledCallsTime',
  'IncomingCallsHeld',
  'IncomingCallsHeldTime',
  'InternalCalls',
  'InternalCallsTime',
  'InternalCallsRcvd',
  'InternalCallsRcvdTime',
  'InternalCallsHeld',
  'InternalCallsHeldTime',
  'AutoOutCalls',
  'AutoOutCallsTalkTime',
  'AutoOutCallsTime',
  'AutoOutCallsHeld',
  'AutoOutCallsHeldTime',
  'PreviewCalls',
  'PreviewCallsTalkTime',
  'PreviewCallsTime',
  'PreviewCallsHeld',
  'PreviewCallsHeldTime',
  'ReservationCalls',
  'ReservationCallsTalkTime',
  'ReservationCallsTime',
  'ReservationCallsHeld',
  'ReservationCallsHeldTime',
  'BargeInCalls',
  'InterceptCalls',
  'MonitorCalls',
  'WhisperCalls',
  'EmergencyCalls',
  'CallsQ',
  'CallsQTime',
  'LongestCallQ',
] as const;
export type Metric = (typeof metrics)[number];

const position = new Map<Metric, number>(metrics.map((name, index) => [name, index]));
const isTime = (name: Metric) => name.endsWith('Time') || name === 'LongestCallQ';

export class IntervalCounters {
  #values = new Float64Array(metrics.length);
  #start: number;

  /**
   * @param period milliseconds; periods begin at multiples of it (of UTC). Infinity: one period, until `restart`
   */
  constructor(
    private readonly period: number,
    now: number,
  ) {
    this.#start = this.#startOf(now);
  }

  #startOf(now: number): number {
    return this.period === Number.POSITIVE_INFINITY
      ? (this.#start ?? now)
      : Math.floor(now / this.period) * this.period;
  }

  restart(now: number): void {
    this.#start = now;
    this.#values.fill(0);
  }

  #roll(now: number): void {
    const start = this.#startOf(now);
    if (start === this.#start) return;
    this.#start = start;
    this.#values.fill(0);
  }

  add(metric: Metric, amount: number, now: number): void {
    this.#roll(now);
    this.#values[position.get(metric)!]! += amount;
  }

  most(metric: Metric, amount: number, now: number): void {
    this.#roll(now);
    const at = position.get(metric)!;
    this.#values[at] = Math.max(this.#values[at]!, amount);
  }

  /** Adds the part of a time span that lies in the current period. */
  addSpan(metric: Metric, from: number, to: number): void {
    this.#roll(to);
    this.#values[position.get(metric)!]! += Math.max(0, to - Math.max(from, this.#start));
  }

  /** The part of a time span that lies in the current period, for spans that have not ended. */
  open(from: number, now: number): number {
    this.#roll(now);
    return Math.max(0, now - Math.max(from, this.#start));
  }

  /** Seconds or counts. @param openMs milliseconds to add for what has not ended */
  read(metric: Metric, now: number, openMs = 0): number {
    this.#roll(now);
    const value = this.#values[position.get(metric)!]! + openMs;
    return isTime(metric) ? Math.floor(value / 1000) : value;
  }
}
