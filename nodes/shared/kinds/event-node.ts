/**
 * What the event nodes have in common: they select events of one interface, filter them, and send each as a message, on
 * one output or on one output per selected event.
 */
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import { eventByName, isOtherMedia } from '../../../src/ctios/index.js';
import { type Lasted, StateHolds } from '../../../src/watch/index.js';
import { reportError } from '../message/completion.js';
import { asError } from '../message/errors.js';
import { type EventMessage, eventMessage } from '../message/events/event-message.js';
import type { ObjectViews } from '../message/events/held-events.js';
import { valuesOfRow } from '../message/filter/filter-values.js';
import { NodeFilter } from '../message/filter/node-filter.js';
import type { FilterRow, Join } from '../message/filter/operators.js';
import { InOrder } from '../message/in-order.js';
import { seconds } from '../message/numbers.js';
import type { OutputProperty } from '../message/output-properties.js';
import { reasonText } from '../session/own-lists.js';
import { SessionBinding } from '../session/session-binding.js';
import type { SessionHost } from '../session/session-host.js';
import type { StatusKey, StatusValues } from '../status/status.js';
import { type NodeTraces, nodeTraces } from '../tracing/node-traces.js';
import { EventSender } from './event-sender.js';
import { keptWith } from './kept.js';

/** The saved form of an event node. */
export interface EventDef extends NodeDef {
  session: string;
  /** Names of the chosen events; none: every event of the interface. */
  events: string[];
  filter: FilterRow[];
  /** Whether all rows must match, or one is enough. */
  join: Join;
  /** TeamIDs, separated by commas; blank: events of every agent, and of none. */
  teams: string;
  /** `one`: a single output; `each`: one per chosen event, in their order. */
  split: 'one' | 'each';
  /** Seconds for which the agent or the call must stay in its state before the message is sent; 0: it is sent at once. */
  lasts: string | number;
  properties: OutputProperty[];
}

/** Interfaces whose events are delivered only to an agent's session. */
const AGENT_MODE_ONLY = new Set(['IButtonEnablementEvents', 'IMonitoredAgentEvents', 'IMonitoredCallEvents']);

/** Longest time for which a state can be required to last, in seconds. */
export const MAX_LASTS_S = 24 * 3600;

/** Their object is gone: it has no state that could last. */
const ENDS: ReadonlySet<string> = new Set(['OnCallEnd', 'OnMonitoredCallEnd']);

/** An event that this node may send. */
interface Candidate {
  readonly event: CilEvent;
  readonly objects: ObjectViews;
  readonly output: number;
}

/** Makes an event node for the events of `through`: an interface, or 'AllInOne'. Never throws. */
export class EventNode {
  readonly #node: Node;
  readonly #through: string;
  /** Output of each chosen event. */
  readonly #outputs: ReadonlyMap<string, number>;
  readonly #teams: readonly string[];
  /** Undefined if it is invalid. */
  readonly #filter: NodeFilter | undefined;
  readonly #binding: SessionBinding;
  readonly #sender: EventSender;
  readonly #inOrder = new InOrder();
  readonly #traces: NodeTraces | undefined;
  readonly #lastsMs: number;
  /** Events with a minimum duration, if any. */
  #holds: StateHolds<Candidate> | undefined;
  /** The settings that must be unchanged for the holds of an earlier node to continue. */
  readonly #settings: string;

  constructor(RED: NodeAPI, node: Node, def: EventDef, through: string) {
    this.#node = node;
    this.#through = through;
    this.#traces = nodeTraces(RED, node);
    const chosen = (Array.isArray(def.events) ? def.events : []).map((name) => eventByName(name)?.name ?? name);
    this.#outputs = new Map<string, number>(chosen.map((name, index) => [name, index]));
    this.#teams = valuesOfRow(String(def.teams ?? ''));
    this.#filter = filterOf(RED, node, def);
    this.#sender = new EventSender(RED, node, {
      outputs: def.split === 'each' && chosen.length > 1 ? chosen.length : 1,
      properties: Array.isArray(def.properties) ? def.properties.filter(({ p }) => p?.trim()) : [],
      chosen: chosen.length > 0,
      counted: () => this.#binding.refresh(),
    });
    this.#lastsMs = seconds(def.lasts, 0, MAX_LASTS_S);
    const { events, filter, join, teams, lasts, split } = def;
    this.#settings = JSON.stringify({ events, filter, join, teams, lasts, split });
    this.#binding = new SessionBinding(RED, node, String(def.session ?? ''), {
      events: through,
      wanted: { names: chosen.length === 0 ? undefined : new Set(chosen), needed: this.#filter?.needed },
      deliver: (event, objects) => this.#deliver(event, objects),
      usable: () => (this.#filter === undefined ? 'badFilter' : undefined),
      ready: (session) => this.#status(session),
      live: (_, host) => this.#goLive(host),
    });
  }

  /** The node is wired: events that have lasted can be sent. */
  #goLive(host: SessionHost): () => void {
    const end = this.#holdsOf(host)?.attach((candidate, lasted) => this.#send(candidate, lasted));
    this.#binding.refresh();
    return end ?? (() => {});
  }

  #holdsOf(host: SessionHost | undefined): StateHolds<Candidate> | undefined {
    if (this.#lastsMs === 0 || host === undefined) return undefined;
    this.#holds = keptWith(
      host,
      this.#node.id,
      this.#settings,
      (session) => new StateHolds<Candidate>(session, systemClock, this.#lastsMs),
    );
    return this.#holds;
  }

  #status(session: SessionApi | undefined): readonly [StatusKey, StatusValues?] {
    if (session?.status.mode === 'monitor' && AGENT_MODE_ONLY.has(this.#through)) return ['agentModeOnly'];
    const pending = this.#holds?.pending ?? 0;
    if (pending > 0) return ['pending', { count: pending }];
    const { sent } = this.#sender;
    return sent === 0 ? ['ready'] : ['events', { count: sent }];
  }

  #deliver(event: CilEvent, objects: ObjectViews): void {
    const filter = this.#filter;
    // Cheapest check first: of a hundred nodes on one session most do not want the event.
    if (filter === undefined || (this.#outputs.size > 0 && !this.#outputs.has(event.event))) return;
    if (this.#teams.length > 0 && !this.#teams.some((team) => event.agent?.teams.has(team))) return;
    const matches = filter.decide(event.args, objects);
    if (matches === false) return;
    const output = this.#outputOf(event);
    if (output === undefined) return;
    const candidate = { event, objects, output };
    if (matches === undefined) this.#inOrder.add((done) => this.#settle(filter, candidate, done));
    else if (this.#inOrder.idle) this.#matched(candidate);
    else {
      this.#inOrder.add((done) => {
        this.#matched(candidate);
        done();
      });
    }
  }

  /** Undefined for an event that this node does not send. */
  #outputOf(event: CilEvent): number | undefined {
    if (this.#outputs.size > 0) return this.#outputs.get(event.event);
    return this.#binding.host?.passes(event) ? 0 : undefined;
  }

  /** Values of the filter have to be read first. */
  #settle(filter: NodeFilter, candidate: Candidate, done: () => void): void {
    const { event, objects } = candidate;
    let message: EventMessage | undefined;
    const messageOf = (): EventMessage => {
      message ??= this.#messageOf(event, objects);
      return message;
    };
    filter.settle(event.args, objects, messageOf, (error, matches) => {
      if (error !== undefined) reportError(this.#node, error, messageOf());
      else if (matches) this.#matched(candidate);
      done();
    });
  }

  #matched(candidate: Candidate): void {
    const { event } = candidate;
    // The states that last are those of phones.
    if (this.#lastsMs > 0 && isOtherMedia(event.args)) return;
    const id = event.objectId;
    const object = id?.startsWith('agent.') ? event.agent : event.call;
    if (this.#lastsMs > 0 && id !== undefined && object !== undefined && !ENDS.has(event.event)) {
      const held = this.#holdsOf(this.#binding.host)?.add(id, object, candidate) ?? false;
      this.#sender.count();
      if (held) return;
    }
    this.#send(candidate);
  }

  #send({ event, objects, output }: Candidate, lasted?: Lasted): void {
    const message = this.#messageOf(event, objects);
    if (lasted !== undefined) message.ctios.lasted = lasted;
    const { host } = this.#binding;
    this.#sender.pass(message, output, host?.outlet, this.#traces?.ofEvent(host, event));
  }

  #messageOf(event: CilEvent, objects: ObjectViews): EventMessage {
    const message = eventMessage(event, objects, this.#binding.configId, this.#through);
    if (event.event === 'OnAgentStateChange') nameReason(message, this.#binding.host);
    return message;
  }
}

/** An invalid filter passes nothing, and is reported: passing everything would be more than the user wanted. */
function filterOf(RED: NodeAPI, node: Node, { filter, join }: EventDef): NodeFilter | undefined {
  try {
    return new NodeFilter(RED, node, Array.isArray(filter) ? filter : [], join);
  } catch (error) {
    node.error(asError(error).message);
    return undefined;
  }
}

/** The site's own text for the reason of a state, in addition to the enumerations. */
function nameReason({ payload, ctios }: EventMessage, host: SessionHost | undefined): void {
  const text = reasonText(host?.site, payload.AgentState, payload.EventReasonCode);
  if (text !== undefined) ctios.names = { ...ctios.names, EventReasonCode: text };
}
