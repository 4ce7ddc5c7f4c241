/** The span of one journey in one session: its connections, its agents, its end. */
import type { Attributes, AttributeValue, Span } from './open-telemetry.js';
import type { TraceParent } from './trace-ids.js';
import { placeOf } from './tracing.js';

export class CallSpan {
  /** The parent of what is done about the call. */
  readonly place: TraceParent;
  readonly #calls = new Set<object>();
  readonly #agents = new Set<string>();
  readonly #groups = new Set<number>();
  readonly #described = new Map<string, AttributeValue>();
  #over = false;

  constructor(
    private readonly span: Span,
    parent: TraceParent,
  ) {
    this.place = placeOf(span, parent);
  }

  get over(): boolean {
    return this.#over;
  }

  join(call: object): void {
    this.#calls.add(call);
  }

  /** An event of the call. */
  add(event: string, time: number, agent: string | undefined): void {
    if (this.#over) return;
    this.span.addEvent(event, agent === undefined ? {} : { 'ctios.agent.id': agent }, time);
    if (agent === undefined || this.#agents.has(agent)) return;
    this.#agents.add(agent);
    this.span.setAttribute('ctios.agent.ids', [...this.#agents]);
  }

  note(name: string, attributes: Attributes, time: number): void {
    this.span.addEvent(name, attributes, time);
  }

  /** Sets what has changed. Of skill groups all are kept. */
  describe({ 'ctios.skill_group.number': group, ...attributes }: Readonly<Record<string, string | number>>): void {
    if (this.#over) return;
    for (const [key, value] of Object.entries(attributes)) {
      if (this.#described.get(key) === value) continue;
      this.#described.set(key, value);
      this.span.setAttribute(key, value);
    }
    if (typeof group !== 'number' || this.#groups.has(group)) return;
    this.#groups.add(group);
    this.span.setAttribute('ctios.skill_group.numbers', [...this.#groups]);
  }

  /** A connection has ended; with the last one, so has the call. */
  leave(call: object, time: number): void {
    if (!this.#calls.delete(call) || this.#calls.size > 0) return;
    this.#over = true;
    this.span.end(time);
  }

  /** It will not be observed to its end. */
  close(why: string): void {
    this.span.setAttribute('ctios.call.not_observed', why);
    this.#over = true;
    this.span.end();
  }
}
