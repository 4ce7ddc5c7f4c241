/**
 * What the nodes that send a request have in common: a message comes in, the input rules make a request of it, the same
 * message goes out with the answer, or the error goes to `done`. Each node adds only which requests it offers.
 */
import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import type { Confirmation, SessionApi } from '../../../src/cil/index.js';
import { systemClock } from '../../../src/common/clock.js';
import { CtiosError, checkArguments, type RequestDefinition, requestByName } from '../../../src/ctios/index.js';
import { fail, succeed } from '../message/completion.js';
import { copyArgs } from '../message/copy-args.js';
import { asError, controlRefused, inputError } from '../message/errors.js';
import {
  argumentsFor,
  checkSession,
  isRecord,
  type Message,
  objectFor,
  payloadOf,
  type RequestInput,
  takeSecrets,
} from '../message/input-rules.js';
import { seconds } from '../message/numbers.js';
import { type ArgumentRow, evaluate, evaluateRows } from '../message/typed-value.js';
import { SessionBinding } from '../session/session-binding.js';
import { runSessionMethod, sessionMethod } from '../session/session-methods.js';
import type { StatusKey, StatusValues } from '../status/status.js';
import { FollowOn } from './follow-on.js';

/** The saved form of an action node. */
export interface ActionDef extends NodeDef {
  session: string;
  request: string;
  object: string;
  objectType: string;
  args: ArgumentRow[];
  /** '' completes on the confirmation, else the name of the event to wait for. */
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
  /** The request of a message, where the dialog leaves it open. */
  requestOf?(msg: Message): string;
  /** Keys that a request does not know are passed on. */
  open?: boolean;
}

export const MAX_FOLLOW_ON_S = 3600;

/** Makes an action node of `node`. Never throws. */
export function actionNode(
  RED: NodeAPI,
  node: Node<Partial<ActionCredentials>>,
  def: ActionDef,
  options: ActionOptions = {},
): void {
  const settings = Object.freeze({
    request: text(def.request),
    object: { value: text(def.object), type: text(def.objectType) || 'str' },
    args: Array.isArray(def.args) ? def.args : [],
    complete: text(def.complete),
    followOnMs: seconds(def.followOnTimeout, 30, MAX_FOLLOW_ON_S),
    answerMs: seconds(def.answerTimeout, 15, 600),
    linkWaitMs: seconds(def.linkWait, 0, 3600),
  });
  let pending = 0;
  let last: readonly [StatusKey, StatusValues?] = ['ready'];
  const waits = new Set<FollowOn>();
  const binding = new SessionBinding(RED, node, text(def.session), {
    ready: () => (pending > 1 ? ['pending', { count: pending }] : last),
  });

  node.on('input', (msg: NodeMessageInFlow, send, done) => {
    const saved = node.credentials?.agentPassword;
    const secrets = { ...(saved ? { AgentPassword: saved } : {}), ...takeSecrets(msg) };
    const ended = (status: readonly [StatusKey, StatusValues?]) => {
      pending--;
      last = status;
      binding.refresh();
    };
    pending++;
    handle(msg, secrets).then(
      (name) => {
        ended(['done', { what: name }]);
        succeed(node, () => send(msg), done);
      },
      (error: unknown) => {
        const known = explained(asError(error));
        ended(['error', { code: known.code }]);
        fail(node, known, done);
      },
    );
  });

  /** While the CTI Server is not there, whatever fails most likely fails for that: the reason belongs in the error. */
  function explained(error: Error & { code: string }): Error & { code: string } {
    const view = binding.host?.view;
    if (view?.reason === undefined || (view.phase !== 'offline' && view.phase !== 'rejected')) return error;
    if (!(error instanceof CtiosError) || error.message.includes(view.reason)) return error;
    return new CtiosError(error.code, `${error.message} (Not online: ${view.reason})`, error.cause);
  }

  node.on('close', () => {
    for (const wait of waits) wait.abort(inputError('CTIOS_NODE_CLOSED', 'The node was closed while it waited.'));
    waits.clear();
  });

  /** @returns the request's name, for the status */
  async function handle(msg: Message, secrets: Readonly<Record<string, string>>): Promise<string> {
    const { host, session, input } = binding.require();
    checkSession(msg, input);
    const name = settings.request || (options.requestOf?.(msg) ?? '');
    const payload = payloadOf(msg);
    const object = await evaluate(RED, node, settings.object, msg);
    const dialogArgs = await evaluateRows(RED, node, settings.args, msg);
    const dialog = { object: object === undefined ? undefined : String(object), args: dialogArgs };
    last = ['working', { what: name }];
    binding.refresh();

    const method = sessionMethod(name);
    if (method !== undefined) {
      const args = argumentsFor(method, dialog.args, payload);
      const sequence = session.sequence;
      const confirmation = await runSessionMethod(session, method, withSecrets(method, args, secrets));
      if (method.name === 'SetMessageFilter') host.filter = String(args.Filter ?? '');
      answer(msg, method.name, confirmation, { session: input.id, sequence, target: undefined }, session);
      return method.name;
    }

    const request = requestByName(name);
    if (request === undefined) {
      throw inputError(
        'CTIOS_UNKNOWN_REQUEST',
        name === ''
          ? 'No request is chosen, and msg.topic names none.'
          : `"${name}" is no request of CTI OS. The list is in the node's dialog.`,
      );
    }
    if (request.controls && !host.control) throw controlRefused(request.name);
    const rules = inputOf(request, options.open === true);
    const target = objectFor(rules, dialog, msg, payload, input);
    const args = withSecrets(rules, argumentsFor(rules, dialog.args, payload), secrets);
    const checked = checkArguments(request, args);
    const sequence = session.sequence;
    const wait =
      settings.complete === ''
        ? undefined
        : new FollowOn(session, systemClock, request, settings.complete, checked, target);
    if (wait !== undefined) waits.add(wait);
    try {
      const confirmation = await session.request(request.name, {
        target,
        args: checked,
        answerMs: settings.answerMs,
        linkWaitMs: settings.linkWaitMs,
      });
      await wait?.wait(confirmation.newObject, settings.followOnMs);
      answer(msg, request.name, confirmation, { session: input.id, sequence, target }, session);
      return request.name;
    } finally {
      if (wait !== undefined) {
        wait.dispose();
        waits.delete(wait);
      }
    }
  }
}

/** Puts the answer into the message that was received. */
function answer(
  msg: Message,
  request: string,
  confirmation: Confirmation,
  from: { session: string; sequence: number; target: string | undefined },
  session: SessionApi,
): void {
  msg.topic = confirmation.event ?? `${request}Conf`;
  msg.payload = copyArgs(confirmation.args);
  if (confirmation.newObject !== undefined) {
    const call = session.calls.get(confirmation.newObject);
    msg.call = call === undefined ? { UniqueObjectID: confirmation.newObject } : copyArgs(call.properties());
  }
  // Not an event's message any more: what a flow puts into payload from here on is meant as arguments.
  msg.ctios = {
    session: from.session,
    sequence: from.sequence,
    time: Date.now(),
    ...(from.target === undefined ? {} : { objectId: from.target }),
    ...(isRecord(msg.ctios) && typeof msg.ctios.agentId === 'string' ? { agentId: msg.ctios.agentId } : {}),
  };
}

/** What the input rules need of a request's definition. */
export function inputOf(request: RequestDefinition, open: boolean): RequestInput {
  return {
    name: request.name,
    object: request.object,
    alsoOn: request.alsoOn,
    keywords: request.args.map(({ keyword }) => keyword),
    open: open || request.open,
  };
}

function withSecrets(
  request: RequestInput,
  args: Record<string, unknown>,
  secrets: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const wanted = Object.entries(secrets).filter(([keyword]) => request.keywords.includes(keyword));
  return { ...args, ...Object.fromEntries(wanted) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
