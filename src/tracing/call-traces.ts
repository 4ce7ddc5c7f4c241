/**
 * The calls of one session as spans: from the first event of a call to the end of its last connection, with its events and
 * the gaps in between. All calls of a journey are one span; what nodes do about them becomes its children.
 */
import type { Call, CilEvent, SessionApi } from '../cil/index.js';
import { enumNamer } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import { toText } from '../ctios/values.js';
import { connectionIdentity, unroutedJourney } from '../screenpop/index.js';
import { CallSpan } from './call-span.js';
import { type TraceParent, traceNameOf, traceOfJourney } from './trace-ids.js';
import type { Tracing } from './tracing.js';

export interface CallTracesOptions {
  /** Id of the session's config node. */
  readonly session: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What values of a call are shown as. */
  readonly mask: (properties: Readonly<Args>) => Readonly<Args>;
}

/** Each call should end; these limits apply if it does not, and to how long an ended one can be found by its journey. */
const MAX_LIVE = 20_000;
const MAX_ENDED = 5_000;
/** A call's ICMEnterpriseUniqueID may become known with the event after these. */
const TOO_EARLY: ReadonlySet<string> = new Set(['OnCallBegin', 'OnCallServiceInitiatedEvent']);
const OWN_GAPS: ReadonlySet<string> = new Set(['deploy', 'overflow', 'stream']);
const typeOfCall = enumNamer('CallType');

/** A call whose span has not begun yet. */
interface Beginning {
  readonly time: number;
  readonly recovered: boolean;
}

export class CallTraces {
  readonly #beginnings = new WeakMap<Call, Beginning>();
  readonly #spans = new WeakMap<Call, CallSpan>();
  readonly #live = new Set<CallSpan>();
  /** Of live calls and of the last ones that ended. */
  readonly #byJourney = new Map<string, CallSpan>();
  readonly #stop: (() => void)[];

  constructor(
    private readonly session: Pick<SessionApi, 'calls' | 'subscribe'>,
    private readonly tracing: Tracing,
    private readonly options: CallTracesOptions,
  ) {
    this.#stop = [
      session.subscribe('ICallEvents', (event) => this.#onCallEvent(event)),
      session.subscribe('ISessionEvents', (event) => {
        if (event.event === 'OnConnectionGap') this.#onGap(event);
      }),
    ];
  }

  /** Ends what is not over: nothing more will be observed. */
  dispose(): void {
    for (const stop of this.#stop) stop();
    for (const span of this.#live) span.close('the session was closed');
    this.#live.clear();
    this.#byJourney.clear();
  }

  /** The parent of what is done about an event's call; undefined if it is about none. */
  ofEvent({ call, time, recovered }: CilEvent): TraceParent | undefined {
    return call === undefined ? undefined : this.#spanOf(call, time, recovered === true)?.place;
  }

  /** The same for a call that the session knows now. */
  ofCall(id: string | undefined): TraceParent | undefined {
    const call = id === undefined ? undefined : this.session.calls.get(id);
    return call && this.#spanOf(call, this.options.now(), false)?.place;
  }

  /** The same for a journey, also if its calls are over, or were never seen here. */
  ofJourney(journey: string): TraceParent {
    return this.#byJourney.get(traceNameOf(journey))?.place ?? traceOfJourney(journey, this.tracing.settings.ratio);
  }

  #onCallEvent(event: CilEvent): void {
    const { call, time, args } = event;
    if (call === undefined) return;
    const recovered = event.recovered === true;
    const known = this.#spans.get(call);
    if (known === undefined && !this.#beginnings.has(call)) this.#beginnings.set(call, { time, recovered });
    const wait = TOO_EARLY.has(event.event) && call.getValue('ICMEnterpriseUniqueID') === undefined;
    const span = known ?? (wait ? undefined : this.#spanOf(call, time, recovered));
    if (span === undefined) return;
    span.add(event.event, time, textOf(args.AgentID) ?? textOf(event.agent?.getValue('AgentID')));
    span.describe(this.#attributesOf(call));
    this.#alias(call, span);
    if (event.event !== 'OnCallEnd') return;
    span.leave(call, time);
    if (!span.over) return;
    this.#live.delete(span);
    this.#forgetOldest();
  }

  #spanOf(call: Call, time: number, recovered: boolean): CallSpan | undefined {
    const known = this.#spans.get(call);
    if (known !== undefined || this.#live.size >= MAX_LIVE) return known;
    const beginning = this.#beginnings.get(call) ?? { time, recovered };
    const journey = journeyOf(call, beginning.time);
    const before = this.#byJourney.get(journey);
    const span = before === undefined || before.over ? this.#begin(journey, beginning, call) : before;
    span.join(call);
    this.#spans.set(call, span);
    return span;
  }

  #begin(journey: string, { time, recovered }: Beginning, call: Call): CallSpan {
    const parent = traceOfJourney(journey, this.tracing.settings.ratio);
    const attributes = { 'ctios.session': this.options.session, ...(recovered ? { 'ctios.recovered': true } : {}) };
    const started = this.tracing.startCall(
      'call',
      { parent, startTime: time, kind: 'consumer', attributes },
      recovered,
    );
    const span = new CallSpan(started, parent);
    span.describe(this.#attributesOf(call));
    this.#live.add(span);
    this.#byJourney.delete(journey);
    this.#byJourney.set(journey, span);
    return span;
  }

  /** Later nodes may know the journey by an id that the call had not when it began. */
  #alias(call: Call, span: CallSpan): void {
    const journey = textOf(call.getValue('ICMEnterpriseUniqueID'));
    if (journey !== undefined && this.#byJourney.get(journey) !== span) this.#byJourney.set(journey, span);
  }

  /** What a trace shows of a call: ids and codes, and what the settings ask for. */
  #attributesOf(call: Call): Record<string, string | number> {
    const attributes: Record<string, string | number> = {};
    const { peripheral, callId } = connectionIdentity(call.uniqueObjectID) ?? {};
    if (callId !== undefined) attributes['ctios.call.id'] = `${peripheral}.${callId}`;
    const journey = textOf(call.getValue('ICMEnterpriseUniqueID'));
    if (journey !== undefined) attributes['ctios.journey'] = journey;
    const type = typeOfCall(call.getValue('CallType'));
    if (type !== undefined) attributes['ctios.call.type'] = type;
    const group = call.getValueUInt('SkillGroupNumber');
    if (group !== undefined) attributes['ctios.skill_group.number'] = group;
    for (const keyword of this.tracing.settings.callData) {
      const value = call.getValue(keyword as 'ANI');
      if (value === undefined) continue;
      const shown = this.options.mask({ [keyword]: value })[keyword];
      attributes[`ctios.call.${keyword}`] = typeof shown === 'object' ? JSON.stringify(shown) : String(shown);
    }
    return attributes;
  }

  #onGap({ args: { From, To, Reason, EventsLost }, time }: CilEvent): void {
    const reason = toText(Reason) ?? '';
    const attributes = {
      'ctios.gap.reason': OWN_GAPS.has(reason) ? reason : 'link',
      'ctios.gap.from': toText(From) ?? '',
      'ctios.gap.to': toText(To) ?? '',
      ...(typeof EventsLost === 'number' ? { 'ctios.gap.events_lost': EventsLost } : {}),
    };
    for (const span of this.#live) span.note('gap', attributes, time);
  }

  #forgetOldest(): void {
    for (const [journey, span] of this.#byJourney) {
      if (this.#byJourney.size - this.#live.size <= MAX_ENDED) return;
      if (span.over) this.#byJourney.delete(journey);
    }
  }
}

function journeyOf(call: Call, begun: number): string {
  const known = textOf(call.getValue('ICMEnterpriseUniqueID'));
  if (known !== undefined) return known;
  const { peripheral = '', callId = '' } = connectionIdentity(call.uniqueObjectID) ?? {};
  return unroutedJourney({ peripheral, callId, begun });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
