/**
 * The WaitObject of CTI OS: passes a message on when a named event comes (output 1), or when it does not come in time
 * (output 2). An event that came before the message is not missed: those retained by the session since the message's
 * sequence count too.
 */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { CilEvent, SessionApi } from '../../src/cil/index.js';
import { eventByName } from '../../src/ctios/index.js';
import { type Done, fail, succeed } from '../shared/message/completion.js';
import { asError, inputError } from '../shared/message/errors.js';
import { compileFilter, type EventFilter } from '../shared/message/event-filter.js';
import { eventMessage } from '../shared/message/event-message.js';
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
import { type ArgumentRow, evaluate, isData } from '../shared/message/typed-value.js';
import { migrated } from '../shared/migrations.js';
import { type ObjectViews, viewsOf } from '../shared/session/held-events.js';
import { SessionBinding } from '../shared/session/session-binding.js';

interface WaitDef extends NodeDef {
  session: string;
  events: string[];
  /** Rows of keyword and value; all have to match. */
  match: ArgumentRow[];
  /** Whose event: the message's call, the message's agent, or anybody's. */
  same: 'call' | 'agent' | 'any';
  timeout: string | number;
}

type Send = (messages: (NodeMessageInFlow | null)[]) => void;
type Matcher = (event: CilEvent, objects: ObjectViews) => boolean;

/** A message that waits, and how its wait ends. */
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
  readonly #rows: readonly ArgumentRow[];
  readonly #timeoutMs: number;
  readonly #waiting = new Set<Waiting>();
  readonly #binding: SessionBinding;

  constructor(RED: NodeAPI, node: Node, def: WaitDef) {
    this.#RED = RED;
    this.#node = node;
    this.#same = def.same;
    this.#names = (Array.isArray(def.events) ? def.events : []).map((name) => eventByName(name)?.name ?? name);
    this.#rows = Array.isArray(def.match) ? def.match : [];
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
    const { session, input } = this.#binding.require();
    checkSession(msg, input);
    if (this.#names.length === 0) throw inputError('CTIOS_NO_EVENT', 'Choose in the dialog which event to wait for.');
    if (this.#waiting.size >= MAX_WAITING) {
      throw inputError('CTIOS_TOO_MANY_WAITING', `${MAX_WAITING} messages wait in this node already.`);
    }
    const waiting = this.#wait(await this.#matcher(msg, input), msg, input.id, send, done);
    const since = isRecord(msg.ctios) ? msg.ctios.sequence : undefined;
    if (typeof since === 'number') this.#lookBack(session, since, waiting);
  }

  /** Registers the message; from here on it ends exactly once: by its event, by its time, or with the node. */
  #wait(matches: Matcher, msg: NodeMessageInFlow, session: string, send: Send, done: Done): Waiting {
    const end = () => {
      clearTimeout(timer);
      this.#waiting.delete(waiting);
      this.#binding.refresh();
    };
    const waiting: Waiting = {
      matches,
      arrive: (event, objects) => {
        end();
        putEvent(msg, event, objects, session);
        succeed(this.#node, () => send([msg, null]), done);
      },
      close: () => {
        end();
        fail(this.#node, inputError('CTIOS_NODE_CLOSED', 'The node was closed while the message waited.'), done);
      },
    };
    const timer = setTimeout(() => {
      end();
      succeed(this.#node, () => send([null, msg]), done);
    }, this.#timeoutMs);
    timer.unref();
    this.#waiting.add(waiting);
    this.#binding.refresh();
    return waiting;
  }

  /** The event may have come before the message did. */
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
    const filters: EventFilter[] = [];
    for (const row of this.#rows) {
      const value = await evaluate(this.#RED, this.#node, row, msg);
      if (value !== undefined && row.key.trim() !== '')
        filters.push(compileFilter([{ key: row.key, value: String(value), literal: isData(row) }]));
    }
    return (event, objects) =>
      (object === undefined ||
        event.objectId === object ||
        (same === 'agent' && objects.agent?.UniqueObjectID === object)) &&
      filters.every((filter) => filter(event.args, objects));
  }
}

/** The message goes on with the event in it, and with everything else that a flow has put there. */
function putEvent(msg: NodeMessageInFlow, event: CilEvent, objects: ObjectViews, session: string): void {
  const { topic, payload, call, agent, skillgroup, ctios } = eventMessage(event, objects, session, 'AllInOne');
  Object.assign(msg, { topic, payload, ctios }, call && { call }, agent && { agent }, skillgroup && { skillgroup });
}

/** The call or agent that the message is about, by the rules of the action nodes. */
function ownObject(msg: Message, input: SessionInput, kind: 'Call' | 'Agent'): string | undefined {
  const request = { name: 'the wait', object: kind, keywords: [], open: false } as const;
  return objectFor(request, { args: {} }, msg, isRecord(msg.payload) ? payloadOf(msg) : {}, input);
}
