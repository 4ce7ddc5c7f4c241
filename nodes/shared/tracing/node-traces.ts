/** What one node contributes to traces: its messages, its requests. There is none while traces are off. */
import type { Node, NodeAPI } from 'node-red';
import type { CilEvent } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import type { AttributeValue, Span, SpanStart, TraceParent } from '../../../src/tracing/index.js';
import type { EventMessage } from '../message/events/event-message.js';
import { idOf, isRecord, type Message, textOf } from '../message/input-rules.js';
import { putTraceparent, traceparentIn } from '../message/traceparent.js';
import type { SessionHost } from '../session/session-host.js';
import { callTracesOf } from './session-traces.js';
import { type LoadedTracing, tracingOf } from './tracing-of.js';

type Attributes = Record<string, AttributeValue>;

/** What a message is about, as far as it is known. */
interface About {
  readonly call?: string | undefined;
  readonly journey?: string | undefined;
  readonly agent?: string | undefined;
}

export function nodeTraces(RED: NodeAPI, node: Node): NodeTraces | undefined {
  const loaded = tracingOf(RED);
  return loaded && new NodeTraces(loaded, node);
}

export class NodeTraces {
  constructor(
    private readonly loaded: LoadedTracing,
    private readonly node: Node,
  ) {}

  /** @returns called when the message is sent; undefined for an event that is about no call */
  ofEvent(host: SessionHost | undefined, event: CilEvent): ((message: EventMessage) => void) | undefined {
    const parent = host && callTracesOf(this.loaded, host)?.ofEvent(event);
    if (parent === undefined) return undefined;
    return (message) => {
      const { agentId, lag, time, recovered } = message.ctios;
      const attributes = {
        'ctios.event': message.topic,
        ...agentAttribute(agentId),
        ...(lag === undefined ? {} : { 'ctios.lag_ms': lag }),
        ...(recovered === undefined ? {} : { 'ctios.recovered': true }),
      };
      const place = this.#record(message.topic, parent, attributes, time);
      message.ctios.traceparent = this.loaded.lib.formatTraceparent(place);
    };
  }

  /** A message that the node makes on its own: a pop, a record, an alarm. */
  made(message: Message, what: string, host: SessionHost, about: About, since?: number): void {
    const traces = callTracesOf(this.loaded, host);
    const parent =
      traces?.ofCall(about.call) ?? (about.journey === undefined ? undefined : traces?.ofJourney(about.journey));
    if (parent === undefined) return;
    const place = this.#record(what, parent, agentAttribute(about.agent), since);
    putTraceparent(message, this.loaded.lib.formatTraceparent(place));
  }

  /** A message has arrived, and the node begins to work on it. */
  begin(msg: Message, kind: SpanStart['kind']): NodeWork {
    return new NodeWork(this.loaded, this.node, kind, traceparentIn(msg));
  }

  #record(what: string, parent: TraceParent, attributes: Attributes, startTime: number | undefined): TraceParent {
    const start = { parent, startTime, attributes: { ...ofNode(this.node), ...attributes } };
    return this.loaded.tracing.record(`${this.node.type} ${what}`, start);
  }
}

/** The work of a node on one message: it becomes a span as soon as it is known which trace it belongs to. */
export class NodeWork {
  readonly #since = systemClock.now();
  readonly #attributes: Attributes = {};
  #parent: TraceParent | undefined;
  #what = '';

  constructor(
    private readonly loaded: LoadedTracing,
    private readonly node: Node,
    private readonly kind: SpanStart['kind'],
    incoming: string | undefined,
  ) {
    this.#parent = loaded.lib.parseTraceparent(incoming);
  }

  /** The request, or what else is done. */
  is(what: string, attributes: Attributes = {}): void {
    this.#what = what;
    Object.assign(this.#attributes, attributes);
  }

  /** Whose call it is about: unless the message has said it. */
  about(host: SessionHost, call: string | undefined): void {
    if (call?.startsWith('call.')) this.#parent ??= callTracesOf(this.loaded, host)?.ofCall(call);
  }

  /** @returns the place of what follows, if there is a trace */
  end(attributes: Attributes = {}, code?: string): string | undefined {
    const parent = this.#parent;
    if (parent === undefined) return undefined;
    const { lib, tracing } = this.loaded;
    const span: Span = tracing.start(`${this.node.type} ${this.#what}`.trim(), {
      parent,
      startTime: this.#since,
      kind: this.kind,
      attributes: { ...ofNode(this.node), ...this.#attributes, ...attributes },
    });
    if (code !== undefined) lib.failSpan(span, code);
    span.end();
    return lib.traceparentOf(span, parent);
  }
}

/** The call that a message names. */
export function callIn(msg: Message): string | undefined {
  const { ctios, call, payload } = msg;
  const named = isRecord(ctios) ? ctios.objectId : undefined;
  return [named, idOf(call), isRecord(payload) ? textOf(payload, 'UniqueObjectID') : undefined].find(
    (id): id is string => typeof id === 'string' && id.startsWith('call.'),
  );
}

export const ofNode = ({ id, type, name }: Node): Attributes => ({
  'nodered.node.id': id,
  'nodered.node.type': type,
  ...(name ? { 'nodered.node.name': name } : {}),
});

export const agentAttribute = (id: unknown): Attributes =>
  typeof id === 'string' && id !== '' ? { 'ctios.agent.id': id } : {};
