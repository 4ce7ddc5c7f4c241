/**
 * The WaitObject of CTI OS: holds a message until a named event arrives (output 1), or until a time-out (output 2).
 * Events before the message are not missed: those in the session's history since the message's sequence count, too.
 */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { CilEvent, SessionApi } from '../../src/cil/index.js';
import { eventByName } from '../../src/ctios/index.js';
import { namedAgent } from '../shared/message/agent-choice.js';
import { type Done, fail, succeed } from '../shared/message/completion.js';
import { asError, inputError } from '../shared/message/errors.js';
import { eventMessage } from '../shared/message/events/event-message.js';
import { type ObjectViews, viewsOf } from '../shared/message/events/held-events.js';
import { compileFilter, mediaOf } from '../shared/message/filter/event-filter.js';
import type { FilterRow, Join } from '../shared/message/filter/operators.js';
import { rowsFor } from '../shared/message/filter/row-values.js';
import {
  checkSession,
  isRecord,
  type Message,
  objectFor,
  payloadOf,
  type SessionInput,
  takeSecrets,
} from '../shared/message/input-rules.js';
import { seconds } from '../shared/message/numbers.js';
import { putTraceparent, traceparentIn } from '../shared/message/traceparent.js';
import { migrated } from '../shared/migrations.js';
import { type BoundSession, SessionBinding } from '../shared/session/session-binding.js';
import { callIn, type NodeTraces, type NodeWork, nodeTraces } from '../shared/tracing/node-traces.js';

interface WaitDef extends NodeDef {
  session: string;
  events: string[];
  /** The conditions for the event. */
  match: FilterRow[];
  /** Whether all rows must match, or one is enough. */
  join: Join;
  /** Restricts events to the message's call, to the message's agent, or not at all. */
  same: 'call' | 'agent' | 'any';
  timeout: string | number;
}

type Send = (messages: (NodeMessageInFlow | null)[]) => void;
type Matcher = (event: CilEvent, objects: ObjectViews) => boolean;

/** A waiting message, and how its wait ends. */
interface Waiting {
  readonly matches: Matcher;
  arrive(event: CilEvent, objects: ObjectViews): void;
  close(): void;
}

const MAX_WAIT_S = 24 * 3600;
const MAX_WAITING = 1000;

export = (RED: NodeAPI): void => {
  RED.nodes.registerType('ctios-wait', function (this: Node, saved: WaitDef) {
    RED.nodes.createNode(this, saved);
    new WaitNode(RED, this, migrated('ctios-wait', saved));
  });
};

class WaitNode {
  readonly #RED: NodeAPI;
  readonly #node: Node;
  readonly #same: WaitDef['same'];
  readonly #names: readonly string[];
  readonly #rows: readonly FilterRow[];
  readonly #join: Join;
  readonly #timeoutMs: number;
  readonly #waiting = new Set<Waiting>();
  readonly #binding: SessionBinding;
  readonly #traces: NodeTraces | undefined;

  constructor(RED: NodeAPI, node: Node, def: WaitDef) {
    this.#RED = RED;
    this.#node = node;
    this.#same = def.same;
    this.#traces = nodeTraces(RED, node);
    this.#names = (Array.isArray(def.events) ? def.events : []).map((name) => eventByName(name)?.name ?? name);
    this.#rows = Array.isArray(def.match) ? def.match : [];
    this.#join = def.join;
    this.#timeoutMs = seconds(def.timeout, 30, MAX_WAIT_S);
    this.#binding = new SessionBinding(RED, node, String(def.session ?? ''), {
      events: 'AllInOne',
      deliver: (event, objects) => this.#deliver(event, objects),
      ready: () => (this.#waiting.size === 0 ? ['ready'] : ['pending', { count: this.#waiting.size }]),
    });
    node.on('input', (msg, send, done) => this.#onInput(msg, send as Send, done));
    node.on('close', () => {
      for (const each of [...this.#waiting]) each.close();
    });
  }

  #deliver(event: CilEvent, objects: ObjectViews): void {
    if (this.#waiting.size === 0 || !this.#names.includes(event.event)) return;
    for (const each of [...this.#waiting]) if (each.matches(event, objects)) each.arrive(event, objects);
  }

  #onInput(msg: NodeMessageInFlow, send: Send, done: Done): void {
    takeSecrets(msg);
    this.#begin(msg, send, done).catch((error: unknown) => {
      const known = asError(error);
      this.#binding.status.show('error', { code: known.code, reason: known.message });
      fail(this.#node, known, done);
    });
  }

  async #begin(msg: NodeMessageInFlow, send: Send, done: Done): Promise<void> {
    const bound = this.#ofAgent(this.#binding.require(), msg);
    const { session, input } = bound;
    checkSession(msg, input);
    if (this.#names.length === 0) throw inputError('CTIOS_NO_EVENT', 'Choose in the dialog which event to wait for.');
    if (this.#waiting.size >= MAX_WAITING) {
      throw inputError('CTIOS_TOO_MANY_WAITING', `${MAX_WAITING} messages wait in this node already.`);
    }
    const matches = await this.#matcher(msg, input);
    const own = bound.agent;
    const ofOwn: Matcher = (event, objects) => own?.tells(event) !== false && matches(event, objects);
    const work = this.#traces?.begin(msg, 'internal');
    work?.about(bound.host, callIn(msg));
    const waiting = this.#wait(ofOwn, msg, input.id, send, done, work);
    const since = isRecord(msg.ctios) ? msg.ctios.sequence : undefined;
    if (typeof since === 'number') this.#lookBack(session, since, waiting);
  }

  /** The session of the agent in the message, if there are sessions for many agents; without one, all of them. */
  #ofAgent(bound: BoundSession, msg: Message): BoundSession {
    const { agents } = bound.host;
    if (agents === undefined) return bound;
    const payload = isRecord(msg.payload) ? payloadOf(msg) : {};
    const input = { request: 'The wait', object: 'Session', dialog: { args: {} }, payload, msg } as const;
    const agent = namedAgent(input, agents);
    return agent === undefined ? bound : this.#binding.ofAgent(bound, agent);
  }

  /** Registers the message, which ends exactly once: by its event, by its time-out, or with the node. */
  #wait(
    matches: Matcher,
    msg: NodeMessageInFlow,
    session: string,
    send: Send,
    done: Done,
    work: NodeWork | undefined,
  ): Waiting {
    const end = () => {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
      this.#binding.refresh();
    };
    const waiting: Waiting = {
      matches,
      arrive: (event, objects) => {
        end();
        const traceparent = work?.end({ 'ctios.outcome': 'arrived', 'ctios.event': event.event }) ?? traceparentIn(msg);
        putEvent(msg, event, objects, session);
        if (traceparent !== undefined) putTraceparent(msg, traceparent);
        succeed(this.#node, () => send([msg, null]), done);
      },
      close: () => {
        end();
        work?.end({}, 'CTIOS_NODE_CLOSED');
        fail(this.#node, inputError('CTIOS_NODE_CLOSED', 'The node was closed while the message waited.'), done);
      },
    };
    const timer = setTimeout(() => {
      end();
      const traceparent = work?.end({ 'ctios.outcome': 'time-out' });
      if (traceparent !== undefined) putTraceparent(msg, traceparent);
      succeed(this.#node, () => send([null, msg]), done);
    }, this.#timeoutMs);
    timer.unref();
    this.#waiting.add(waiting);
    this.#binding.refresh();
    return waiting;
  }

  /** The event may have arrived before the message. */
  #lookBack(session: SessionApi, since: number, waiting: Waiting): void {
    for (const event of session.history) {
      if (event.sequence <= since || !this.#names.includes(event.event)) continue;
      const objects = viewsOf(event);
      if (!waiting.matches(event, objects)) continue;
      waiting.arrive(event, objects);
      return;
    }
  }

  /** The message's conditions: its object and the rows of the dialog, evaluated once. */
  async #matcher(msg: Message, input: SessionInput): Promise<Matcher> {
    const same = this.#same;
    const object = same === 'any' ? undefined : ownObject(msg, input, same === 'agent' ? 'Agent' : 'Call');
    const rows = await rowsFor(this.#RED, this.#node, this.#rows, msg);
    const filter = compileFilter(rows, this.#join, mediaOf(this.#rows));
    return (event, objects) =>
      (object === undefined ||
        event.objectId === object ||
        (same === 'agent' && objects.agent?.UniqueObjectID === object)) &&
      filter(event.args, objects);
  }
}

/** The message continues with the event in it, and with everything else that a flow has put there. */
function putEvent(msg: NodeMessageInFlow, event: CilEvent, objects: ObjectViews, session: string): void {
  const { topic, payload, call, agent, skillgroup, ctios } = eventMessage(event, objects, session, 'AllInOne');
  Object.assign(msg, { topic, payload, ctios }, call && { call }, agent && { agent }, skillgroup && { skillgroup });
}

/** The call or agent that the message is about, by the rules of the action nodes. */
function ownObject(msg: Message, input: SessionInput, kind: 'Call' | 'Agent'): string | undefined {
  const request = { name: 'the wait', object: kind, keywords: [], open: false } as const;
  return objectFor(request, { args: {} }, msg, isRecord(msg.payload) ? payloadOf(msg) : {}, input);
}
