/**
 * Carries out requests: finds the object, sends the message of the table, and ends once, with the confirmation's event
 * or with what went wrong. Requests with a life of their own (desktops, statistics, supervision, chat) are added to the
 * table by their owners.
 */

import {
  type Args,
  callObjectId,
  type RequestDefinition,
  type RequestFailure,
  requestByName,
} from '../../../ctios/index.js';
import {
  definitionOf,
  type Message,
  type MessageInit,
  type MessageName,
  type MessageOf,
} from '../../../ged188/index.js';
import type { ServerCall } from '../../model/entities.js';
import type { ObjectServerRequester, RequestResult } from '../../object-server.js';
import { LinkRequestError } from '../../southbound/link-api.js';
import { type AgentSubject, agentRequestTranslations } from '../../translation/agent-requests.js';
import { callPairRequests, callRequestTranslations, pairOf, textArgument } from '../../translation/call-requests.js';
import { type FailureSubject, failureOfLink, refusal, refusalByCode } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import { missingPrivilege } from './privileges.js';
import { agentOf, callNamedBy, callOf, referenceOf } from './subjects.js';

/** A request on its way. */
export interface RequestContext {
  readonly from: ObjectServerRequester;
  readonly definition: RequestDefinition;
  readonly target: string | undefined;
  readonly args: Args;
  readonly answerMs: number;
  /** Ends the request in its place among the publications; the first end counts. */
  readonly end: (result: RequestResult) => void;
}

export type Handler = (request: RequestContext) => Promise<RequestResult> | RequestResult;

/** What to make of a confirmation beside its event: in its place in the order of arrival. */
interface Confirmed<N extends MessageName> {
  /** What it ends with instead, where the confirmation comes too late to be told. */
  late?: () => RequestResult | undefined;
  args?: (m: MessageOf<N>) => Args;
  newObject?: (m: MessageOf<N>) => string | undefined;
  /** After the confirmation was told. */
  after?: (m: MessageOf<N>) => void;
}

export class Requests {
  readonly #handlers = new Map<string, Handler>();

  constructor(private readonly context: Context) {
    for (const name of Object.keys(callRequestTranslations)) this.add(name, (request) => this.#call(name, request));
    for (const name of Object.keys(callPairRequests)) this.add(name, (request) => this.#pair(name, request));
    for (const name of Object.keys(agentRequestTranslations)) {
      // "Bad line" is a request of the agent, about the call it is on.
      this.add(name, (request) => this.#agent(name, request));
    }
  }

  add(name: string, handler: Handler): void {
    this.#handlers.set(name, handler);
  }

  /** Never rejects, and calls `ended` exactly once, whatever a handler does. */
  async run(
    from: ObjectServerRequester,
    name: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended: ((result: RequestResult) => void) | undefined,
  ): Promise<RequestResult> {
    let over: RequestResult | undefined;
    const end = (result: RequestResult) => {
      if (over !== undefined) return;
      over = result;
      ended?.(result);
    };
    try {
      const definition = requestByName(name);
      end(
        definition === undefined
          ? unknown(name)
          : await this.#carryOut({ from, definition, target, args, answerMs, end }),
      );
    } catch (error) {
      end(unexpected(name, error));
    }
    return over!;
  }

  #carryOut(request: RequestContext): Promise<RequestResult> | RequestResult {
    const { from, definition, target } = request;
    const handler = this.#handlers.get(definition.name);
    if (handler === undefined) return unknown(definition.name);
    const missing = missingPrivilege(this.context, definition, request);
    if (missing === undefined) return handler(request);
    return refusal({ request: definition.name, objectId: target ?? from.agent }, missing.code, missing.message);
  }

  /** Sends a message for a request, and makes its result of the answer. */
  async send<N extends MessageName>(
    request: RequestContext,
    subject: FailureSubject,
    message: MessageInit,
    confirmed: Confirmed<N> = {},
  ): Promise<RequestResult> {
    const about = { ...subject, messageType: messageNumber(message) };
    // Without a link there is nothing to be known, and the link says why.
    if (this.context.link.up !== undefined && needsPhone(message))
      return refusal(about, 'CTIOS_NO_OBJECT', this.#noPhone(subject));
    let result!: RequestResult;
    const answered = (confirmation: Message) => {
      const m = confirmation as MessageOf<N>;
      const late = confirmed.late?.();
      result = late ?? confirmedResult(request, subject, confirmed.args?.(m), confirmed.newObject?.(m));
      request.end(result);
      if (late === undefined) confirmed.after?.(m);
      this.context.staleButtons.flush();
    };
    try {
      await this.context.link.request(message, request.answerMs, answered);
      return result;
    } catch (error) {
      if (error instanceof LinkRequestError) return failureOfLink(about, error);
      throw error;
    }
  }

  #noPhone({ request, agentId, peripheralId }: FailureSubject): string {
    if (agentId === undefined) return `${request}: neither AgentID nor AgentInstrument says who is meant.`;
    const known = peripheralId !== undefined && this.context.world.agents.find(peripheralId, agentId) !== undefined;
    return !known
      ? `${request}: no agent ${agentId} is known on peripheral ${peripheralId}. Check AgentID, or give AgentInstrument, the phone, as well.`
      : `${request}: agent ${agentId} sits at no phone. Give AgentInstrument, the phone to use.`;
  }

  // --- the call a request is for ---

  callOf(request: RequestContext): ServerCall | undefined {
    return callOf(this.context, request);
  }

  isKnown(call: ServerCall): boolean {
    return this.context.world.calls.byId(call.id) === call;
  }

  noCall(request: RequestContext): RequestResult {
    const id = request.target ?? textArgument(request.args.UniqueObjectID);
    const what = id === undefined ? 'no call was named' : `there is no call ${id} (any more)`;
    return refusal(
      { request: request.definition.name, objectId: id },
      'CTIOS_NO_OBJECT',
      `${request.definition.name}: ${what}.`,
    );
  }

  #call(name: string, request: RequestContext): Promise<RequestResult> | RequestResult {
    const call = this.callOf(request);
    if (call === undefined) return this.noCall(request);
    const subject = subjectOfCall(name, call);
    if (name === 'MakeConsultCall') call.askedConsultType = Number(request.args.ConsultType ?? 0);
    const message = callRequestTranslations[name]!(call, request.args);
    switch (name) {
      case 'MakeConsultCall':
        return this.#consult(request, subject, message, call);
      case 'StartRecord':
        return this.send<'START_RECORDING_CONF'>(request, subject, message, {
          after: (m) => {
            call.recording = { sessionId: m.SessionID, serverData: m.ServerData };
          },
        });
      case 'StopRecord':
        return this.send(request, subject, message, {
          after: () => {
            call.recording = undefined;
          },
        });
      default:
        return this.send(request, subject, message);
    }
  }

  async #consult(
    request: RequestContext,
    subject: FailureSubject,
    message: MessageInit,
    original: ServerCall,
  ): Promise<RequestResult> {
    const result = await this.send<'CONSULTATION_CALL_CONF'>(request, subject, message, {
      newObject: (m) => newConnection(original.peripheralId, m),
      after: (m) => {
        const { calls } = this.context.world;
        const consult = calls.find(original.peripheralId, m.NewConnectionCallID, m.NewConnectionDeviceID);
        if (consult !== undefined && consult.consultOf === undefined && consult !== original) {
          consult.consultAbout(original, original.askedConsultType ?? 0);
          this.context.staleButtons.mark(consult.agent);
        }
      },
    });
    if (result.outcome === 'failed') original.askedConsultType = undefined;
    return result;
  }

  #pair(name: string, request: RequestContext): Promise<RequestResult> | RequestResult {
    const call = this.callOf(request);
    if (call === undefined) return this.noCall(request);
    const subject = subjectOfCall(name, call);
    const reference = referenceOf(this.context, request);
    if (reference === null) {
      const id = textArgument(request.args.CallReferenceObjectID);
      return refusal(subject, 'CTIOS_NO_OBJECT', `${name}: there is no call ${id} (any more).`);
    }
    const pair = pairOf(call, reference);
    if (pair === 'CF_NO_HELD_CALL') return refusalByCode(subject, pair, 'there is no held call beside this one.');
    if (pair === 'CF_NO_ACTIVE_CALL') return refusalByCode(subject, pair, 'there is no active call beside this one.');
    return this.send(request, subject, callPairRequests[name]!(pair, request.args));
  }

  // --- the agent a request is for ---

  agentOf(request: RequestContext): AgentSubject | undefined {
    return agentOf(this.context, request);
  }

  noAgent(request: RequestContext): RequestResult {
    const { name } = request.definition;
    return refusal({ request: name, objectId: request.target }, 'CTIOS_NO_OBJECT', `${name}: no agent was named.`);
  }

  #agent(name: string, request: RequestContext): Promise<RequestResult> | RequestResult {
    const subject = this.agentOf(request);
    if (subject === undefined) return this.noAgent(request);
    const id = callNamedBy(request);
    if (id !== undefined) {
      subject.call = this.context.world.calls.byReference(id);
      if (subject.call === undefined) return this.noCall(request);
    }
    const message = agentRequestTranslations[name]!(subject, request.args);
    const about = subjectOfAgent(name, subject);
    switch (name) {
      case 'MakeCall':
        return this.send<'MAKE_CALL_CONF'>(request, about, message, {
          newObject: (m) => newConnection(subject.peripheralId, m),
        });
      case 'RequestSupervisorAssist':
      case 'MakeEmergencyCall':
        return this.send<'SUPERVISOR_ASSIST_CONF'>(request, about, message, {
          newObject: (m) => callObjectId(subject.peripheralId, m.ConnectionCallID, m.ConnectionDeviceID ?? ''),
        });
      default:
        return this.send(request, about, message);
    }
  }
}

/** Requests for an agent go to the agent's phone; the CTI Server would only say that data are missing. */
function needsPhone(message: MessageInit): boolean {
  return (
    (message.type === 'SET_AGENT_STATE_REQ' || message.type === 'MAKE_CALL_REQ') &&
    message.AgentInstrument === undefined
  );
}

export function subjectOfCall(request: string, call: ServerCall): FailureSubject {
  return { request, objectId: call.id, agentId: call.agent?.agentId, peripheralId: call.peripheralId };
}

export function subjectOfAgent(request: string, { agentId, peripheralId, agent }: AgentSubject): FailureSubject {
  const objectId = agent?.id ?? (agentId === undefined ? undefined : `agent.${peripheralId}.${agentId}`);
  return { request, objectId, agentId, peripheralId };
}

/** The result of a confirmed request: its event, where the vocabulary names one. */
function confirmedResult(
  request: RequestContext,
  subject: FailureSubject,
  more: Args | undefined,
  newObject: string | undefined,
): RequestResult {
  const result: RequestResult = { outcome: 'confirmed' };
  const event = request.definition.conf;
  if (event !== undefined) {
    const args: Args = {};
    if (subject.objectId !== undefined) args.UniqueObjectID = subject.objectId;
    Object.assign(args, more);
    result.conf = { kind: 'event', event, args };
  }
  if (newObject !== undefined) result.newObject = newObject;
  return result;
}

function newConnection(
  peripheralId: number,
  m: { NewConnectionCallID: number; NewConnectionDeviceID?: string },
): string {
  return callObjectId(peripheralId, m.NewConnectionCallID, m.NewConnectionDeviceID ?? '');
}

function messageNumber(message: MessageInit): number | undefined {
  return message.type === 'UNKNOWN' ? message.number : definitionOf(message.type)?.number;
}

function unknown(request: string): RequestResult {
  return refusal({ request }, 'CTIOS_UNKNOWN_REQUEST', `The server does not know the request "${request}".`);
}

function unexpected(request: string, error: unknown): RequestResult {
  const failure: RequestFailure = {
    code: 'CTIOS_INTERNAL',
    message: `${request}: ${error instanceof Error ? error.message : String(error)}`,
  };
  return { outcome: 'failed', failure };
}
