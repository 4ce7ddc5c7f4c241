/**
 * What the nodes that send a request have in common: a message arrives, the input rules make a request from it, and the
 * same message is sent with the response, or `done` gets the error. Each node only adds which requests it offers.
 */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import { systemClock } from '../../../src/common/clock.js';
import { CtiosError, type RequestDefinition } from '../../../src/ctios/index.js';
import { agentFor, type ChoiceInput } from '../message/agent-choice.js';
import { checkDialogAgent, ownPayload } from '../message/agent-identity.js';
import { type Done, fail, succeed } from '../message/completion.js';
import { asError, controlRefused, inputError } from '../message/errors.js';
import {
  argumentsFor,
  checkSession,
  isRecord,
  type Message,
  objectFor,
  payloadOf,
  takeSecrets,
} from '../message/input-rules.js';
import { seconds } from '../message/numbers.js';
import { putTraceparent } from '../message/traceparent.js';
import { type ArgumentRow, evaluate, evaluateRows } from '../message/typed-value.js';
import { writtenLists } from '../session/own-lists.js';
import { type BoundSession, SessionBinding } from '../session/session-binding.js';
import { runSessionMethod, SET_OWN_LISTS, type SessionMethod, sessionMethod } from '../session/session-methods.js';
import type { StatusKey, StatusValues } from '../status/status.js';
import { agentAttribute, type NodeTraces, type NodeWork, nodeTraces } from '../tracing/node-traces.js';
import {
  checkedArguments,
  type DialogInput,
  definitionOf,
  inputOf,
  namesEverything,
  nullsOf,
  type Secrets,
  withSecrets,
} from './action-arguments.js';
import { answer, summaryOf } from './action-response.js';
import { FollowOn } from './follow-on.js';

/** The saved form of an action node. */
export interface ActionDef extends NodeDef {
  session: string;
  request: string;
  object: string;
  objectType: string;
  args: ArgumentRow[];
  /** '' completes on the confirmation, otherwise the name of the event to wait for. */
  complete: string;
  /** Seconds, as the editor saves them. */
  followOnTimeout: string | number;
  answerTimeout: string | number;
  linkWait: string | number;
}

/** Of the nodes that may have to give an agent's password. */
export interface ActionCredentials {
  agentPassword: string;
}

export interface ActionOptions {
  /** The request of a message, if the dialog leaves it open. */
  requestOf?(msg: Message): string;
  /** Keys that a request does not know are passed on. */
  open?: boolean;
}

export const MAX_FOLLOW_ON_S = 3600;

/** The dialog, read once. */
interface ActionSettings {
  readonly request: string;
  readonly object: { readonly value: string; readonly type: string };
  readonly args: readonly ArgumentRow[];
  readonly complete: string;
  readonly followOnMs: number;
  readonly answerMs: number;
  readonly linkWaitMs: number;
}

type Status = readonly [StatusKey, StatusValues?];

/** Makes an action node. The constructor never throws. */
export class ActionNode {
  readonly #RED: NodeAPI;
  readonly #node: Node<Partial<ActionCredentials>>;
  readonly #options: ActionOptions;
  readonly #settings: ActionSettings;
  readonly #binding: SessionBinding;
  readonly #followOns = new Set<FollowOn>();
  readonly #traces: NodeTraces | undefined;
  #pending = 0;
  #lastStatus: Status = ['ready'];

  constructor(RED: NodeAPI, node: Node<Partial<ActionCredentials>>, def: ActionDef, options: ActionOptions = {}) {
    this.#RED = RED;
    this.#node = node;
    this.#options = options;
    this.#settings = settingsOf(def);
    this.#traces = nodeTraces(RED, node);
    this.#binding = new SessionBinding(RED, node, text(def.session), {
      ready: () => (this.#pending > 1 ? ['pending', { count: this.#pending }] : this.#lastStatus),
    });
    node.on('input', (msg, send, done) => this.#onInput(msg, send, done));
    node.on('close', () => this.#onClose());
  }

  #onInput(msg: NodeMessageInFlow, send: (msg: NodeMessageInFlow) => void, done: Done): void {
    const saved = this.#node.credentials?.agentPassword;
    const secrets = { ...(saved ? { AgentPassword: saved } : {}), ...takeSecrets(msg) };
    const work = this.#traces?.begin(msg, 'client');
    this.#pending++;
    this.#handle(msg, secrets, work).then(
      (what) => {
        this.#ended(['done', { what }]);
        const traceparent = work?.end(agentAttribute(isRecord(msg.ctios) ? msg.ctios.agentId : undefined));
        if (traceparent !== undefined) putTraceparent(msg, traceparent);
        succeed(this.#node, () => send(msg), done);
      },
      (error: unknown) => {
        const known = this.#explained(asError(error));
        this.#ended(['error', { code: known.code, reason: known.message }]);
        work?.end({}, known.code);
        fail(this.#node, known, done);
      },
    );
  }

  #onClose(): void {
    const error = inputError('CTIOS_NODE_CLOSED', 'The node was closed while it waited.');
    for (const followOn of this.#followOns) followOn.abort(error);
    this.#followOns.clear();
  }

  #ended(status: Status): void {
    this.#pending--;
    this.#showLast(status);
  }

  #showLast(status: Status): void {
    this.#lastStatus = status;
    this.#binding.refresh();
  }

  /** While the CTI Server is unreachable, most failures are caused by that, so the error includes that reason. */
  #explained(error: Error & { code: string }): Error & { code: string } {
    const view = this.#binding.host?.view;
    if (view?.reason === undefined || (view.phase !== 'offline' && view.phase !== 'rejected')) return error;
    if (!(error instanceof CtiosError) || error.message.includes(view.reason)) return error;
    return new CtiosError(error.code, `${error.message} (Not online: ${view.reason})`, error.cause);
  }

  /** @returns the result for the status; the request's name is the node's label already */
  async #handle(msg: Message, secrets: Secrets, work: NodeWork | undefined): Promise<string> {
    const bound = this.#binding.require();
    checkSession(msg, bound.input);
    const name = this.#settings.request || (this.#options.requestOf?.(msg) ?? '');
    const object = await evaluate(this.#RED, this.#node, this.#settings.object, msg);
    const args = await evaluateRows(this.#RED, this.#node, this.#settings.args, msg);
    const dialog = { object: object === undefined ? undefined : String(object), args };
    this.#showLast(['working', { what: name }]);
    const method = sessionMethod(name);
    // An inject node sends a timestamp by default: it is ignored if no payload is needed.
    const isUnused = typeof msg.payload === 'number' && namesEverything(name, method, dialog);
    const payload = isUnused ? {} : payloadOf(msg, bound.input);
    const request = method ?? definitionOf(name);
    work?.is(request.name, { 'ctios.request': request.name });
    const own = this.#ofAgent(bound, { request: request.name, object: request.object, dialog, payload, msg });
    return method === undefined
      ? this.#sendRequest(definitionOf(name), msg, own, dialog, payload, secrets, work)
      : this.#runMethod(method, msg, own, dialog, payload, secrets);
  }

  /** The session of the agent in the message, if there are sessions for many agents. */
  #ofAgent(bound: BoundSession, input: ChoiceInput): BoundSession {
    const { agents } = bound.host;
    const agent = agents && agentFor(input, agents);
    return agent === undefined ? bound : this.#binding.ofAgent(bound, agent);
  }

  /** A method of the session itself, such as SetMessageFilter. */
  async #runMethod(
    method: SessionMethod,
    msg: Message,
    { host, session, input, agent }: BoundSession,
    dialog: DialogInput,
    payload: Record<string, unknown>,
    secrets: Secrets,
  ): Promise<string> {
    const args = argumentsFor(method, dialog.args, ownPayload(method, undefined, dialog, msg, payload));
    const { sequence } = session;
    const confirmation = await runSessionMethod(session, method, withSecrets(method, args, secrets));
    if (method.name === 'SetMessageFilter') host.filter = String(args.Filter ?? '');
    if (method.name === SET_OWN_LISTS) host.listsByMessage.change({ ...nullsOf(payload), ...args });
    const whose = agent ?? host.agents?.sessionOf({ agentId: String(confirmation.args.UniqueObjectID ?? '') });
    answer(msg, method.name, confirmation, { session: input.id, sequence, target: undefined, whose }, session);
    // The lists that are now in force, also for a message that changes none.
    if (method.name === SET_OWN_LISTS) msg.payload = writtenLists(host.site);
    return method.name;
  }

  async #sendRequest(
    request: RequestDefinition,
    msg: Message,
    { host, session, input, agent }: BoundSession,
    dialog: DialogInput,
    payload: Record<string, unknown>,
    secrets: Secrets,
    work: NodeWork | undefined,
  ): Promise<string> {
    if (request.controls && !host.control) throw controlRefused(request.name);
    const rules = inputOf(request, this.#options.open === true);
    const target = objectFor(rules, dialog, msg, payload, input);
    checkDialogAgent(rules, target, dialog);
    work?.about(host, target);
    const args = argumentsFor(rules, dialog.args, ownPayload(rules, target, dialog, msg, payload));
    const checked = checkedArguments(request, withSecrets(rules, args, secrets), msg);
    const { sequence } = session;
    const { complete, followOnMs, answerMs, linkWaitMs } = this.#settings;
    // Subscribes before the request is sent: the event may arrive before the confirmation.
    const followOn =
      complete === '' ? undefined : new FollowOn(session, systemClock, request, complete, checked, target);
    if (followOn !== undefined) this.#followOns.add(followOn);
    try {
      const confirmation = await session.request(request.name, { target, args: checked, answerMs, linkWaitMs });
      work?.about(host, confirmation.newObject);
      await followOn?.wait(confirmation.newObject, followOnMs);
      // A log-in has only now opened the session.
      const whose = agent ?? host.agents?.sessionOf({ agentId: target ?? '' });
      answer(msg, request.name, confirmation, { session: input.id, sequence, target, whose }, session);
      return summaryOf(target, checked) || request.name;
    } finally {
      if (followOn !== undefined) {
        followOn.dispose();
        this.#followOns.delete(followOn);
      }
    }
  }
}

function settingsOf(def: ActionDef): ActionSettings {
  return Object.freeze({
    request: text(def.request),
    object: { value: text(def.object), type: text(def.objectType) || 'str' },
    args: Array.isArray(def.args) ? def.args : [],
    complete: text(def.complete),
    followOnMs: seconds(def.followOnTimeout, 30, MAX_FOLLOW_ON_S),
    answerMs: seconds(def.answerTimeout, 15, 600),
    linkWaitMs: seconds(def.linkWait, 0, 3600),
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
