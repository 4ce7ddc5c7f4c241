/** Finds the request of an action node by its name, and checks that the dialog and the message have its arguments. */
import {
  type Args,
  checkArguments,
  keywordByName,
  nearestRequest,
  type RequestDefinition,
  requestByName,
} from '../../../src/ctios/index.js';
import { asError, inputError } from '../message/errors.js';
import { argumentsFor, isRecord, type Message, type RequestInput } from '../message/input-rules.js';
import type { SessionMethod } from '../session/session-methods.js';

export type Secrets = Readonly<Record<string, string>>;
/** The dialog's values for a request, evaluated for this message. */
export interface DialogInput {
  readonly object: string | undefined;
  readonly args: Record<string, unknown>;
}

/** Arguments that the message removes by setting them to null. */
export function nullsOf(payload: Readonly<Record<string, unknown>>): Record<string, null> {
  return Object.fromEntries(Object.keys(payload).flatMap((key) => (payload[key] === null ? [[key, null]] : [])));
}

/** Whether the dialog provides everything a request requires, including its object. */
export function namesEverything(
  name: string,
  method: SessionMethod | undefined,
  { object, args }: DialogInput,
): boolean {
  const request = requestByName(name);
  if (request === undefined) return method !== undefined && method.keywords.length === 0;
  const given = new Set(Object.keys(args).map((key) => keywordByName(key)?.keyword ?? key));
  const needsObject = request.object !== 'Session' && request.object !== 'SilentMonitorManager';
  const hasObject = object !== undefined || (request.object === 'Agent' && given.has('AgentID'));
  if (needsObject && !hasObject && !request.alsoOn.includes('Session')) return false;
  return (
    request.args.every(({ keyword, optional }) => optional || given.has(keyword)) &&
    request.oneOf.every((choice) => choice.some((keyword) => given.has(keyword)))
  );
}

/** @throws like `checkArguments`; for a missing argument it adds whether the event's own data has it */
export function checkedArguments(request: RequestDefinition, args: Record<string, unknown>, msg: Message): Args {
  try {
    return checkArguments(request, args);
  } catch (error) {
    const known = asError(error);
    const left = known.code === 'CTIOS_MISSING_ARGUMENT' ? leftOut(request, args, msg) : [];
    if (left.length === 0) throw error;
    throw inputError(
      known.code,
      `${known.message} msg.payload has ${left.join(', ')}, but as the data of the event ${String(msg.topic)}, which is not sent back. To send it, name it in the dialog, or set msg.topic as well.`,
      { request: request.name },
    );
  }
}

/** Arguments of the request that are in the payload but are not sent. */
function leftOut(request: RequestDefinition, args: Record<string, unknown>, { payload }: Message): string[] {
  const rules = inputOf(request, false);
  return isRecord(payload)
    ? Object.keys(argumentsFor(rules, {}, payload)).filter((key) => args[key] === undefined)
    : [];
}

/** @throws if the request does not exist */
export function definitionOf(name: string): RequestDefinition {
  const request = requestByName(name);
  if (request !== undefined) return request;
  throw inputError(
    'CTIOS_UNKNOWN_REQUEST',
    name === ''
      ? 'No request is chosen, and msg.topic names none.'
      : `"${name}" is not a request of CTI OS${hint(name)} The list is in the node's dialog.`,
  );
}

function hint(name: string): string {
  const nearest = nearestRequest(name);
  return nearest === undefined ? '.' : `; did you mean ${nearest}?`;
}

/** The properties of a request's definition used by the input rules. */
export function inputOf(request: RequestDefinition, open: boolean): RequestInput {
  return {
    name: request.name,
    object: request.object,
    alsoOn: request.alsoOn,
    keywords: request.args.map(({ keyword }) => keyword),
    open: open || request.open,
  };
}

export function withSecrets(
  request: RequestInput,
  args: Record<string, unknown>,
  secrets: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const wanted = Object.entries(secrets).filter(([keyword]) => request.keywords.includes(keyword));
  return { ...args, ...Object.fromEntries(wanted) };
}
