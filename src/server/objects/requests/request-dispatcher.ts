/**
 * Carries out requests: finds the object, sends the message from the table, and ends once, with the confirmation's
 * event or with an error. Requests with a state of their own (desktops, statistics, supervision, chat) are added to the
 * table by their owners.
 */
import { type Args, callObjectId, requestByName } from '../../../ctios/index.js';
import { definitionOf, type MessageInit, type MessageName, type MessageOf, StatusCode } from '../../../ged188/index.js';
import type { ServerCall } from '../../model/entities.js';
import type { ObjectServerRequester, RequestResult } from '../../object-server.js';
import { LinkRequestError } from '../../southbound/link-api.js';
import { type AgentSubject, agentRequestTranslations } from '../../translation/agent-requests.js';
import { callPairRequests, callRequestTranslations, pairOf, textArgument } from '../../translation/call-requests.js';
import {
  type FailureSubject,
  failureOfLink,
  refusal,
  refusalByCode,
  refusalByStatus,
} from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import { missingPrivilege } from './privileges.js';
import { RequestContext } from './request-context.js';
import { confirmedResult, newConnection, subjectOfAgent, subjectOfCall, unknown } from './request-results.js';
import { type Asked, agentAsked, callAsked, callNamedBy, referenceOf } from './subjects.js';

/** Carries out a request and ends it with `respond`: immediately, or when its response has arrived. */
export type Handler = (request: RequestContext) => void;

/** What to do with a confirmation in addition to publishing its event, in the order of arrival. */
interface Confirmed<N extends MessageName> {
  /** The result used instead: the confirmation arrived too late to be reported, or reports a failure. */
  instead?: (m: MessageOf<N>) => RequestResult | undefined;
  args?: (m: MessageOf<N>) => Args;
  newObject?: (m: MessageOf<N>) => string | undefined;
  /** Called after the confirmation was published. */
  after?: (m: MessageOf<N>) => void;
  /** Called before the requester is notified of the failure. */
  failed?: (result: RequestResult) => void;
}

export class Requests {
  readonly #handlers = new Map<string, Handler>();

  constructor(private readonly context: Context) {
    for (const name of Object.keys(callRequestTranslations)) this.add(name, (request) => this.#call(name, request));
    for (const name of Object.keys(callPairRequests)) this.add(name, (request) => this.#pair(name, request));
    for (const name of Object.keys(agentRequestTranslations)) {
      // "Bad line" is a request of the agent about its current call.
      this.add(name, (request) => this.#agent(name, request));
    }
  }

  add(name: string, handler: Handler): void {
    this.#handlers.set(name, handler);
  }

  /** Calls `ended` exactly once, whatever a handler does. */
  run(
    from: ObjectServerRequester,
    name: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended: (result: RequestResult) => void,
  ): void {
    const definition = requestByName(name);
    if (definition === undefined) {
      ended(unknown(name));
      return;
    }
    const request = new RequestContext(from, definition, target, args, answerMs, ended);
    request.attempt(() => this.#carryOut(request));
  }

  #carryOut(request: RequestContext): void {
    const { from, definition, target } = request;
    const handler = this.#handlers.get(definition.name);
    if (handler === undefined) {
      request.respond(unknown(definition.name));
      return;
    }
    const missing = missingPrivilege(this.context, definition, request);
    if (missing === undefined) {
      handler(request);
      return;
    }
    request.respond(
      refusal({ request: definition.name, objectId: target ?? from.agent }, missing.code, missing.message),
    );
  }

  /** Sends a message for a request, which ends with the answer. */
  send<N extends MessageName>(
    request: RequestContext,
    subject: FailureSubject,
    message: MessageInit,
    confirmed: Confirmed<N> = {},
  ): void {
    this.ask<N>(
      request,
      subject,
      message,
      (m) => {
        const instead = confirmed.instead?.(m);
        request.respond(instead ?? confirmedResult(request, subject, confirmed.args?.(m), confirmed.newObject?.(m)));
        if (instead === undefined) confirmed.after?.(m);
      },
      confirmed.failed,
    );
  }

  /**
   * Sends a message for a request.
   * @param confirmed called with the confirmation in its place in the order of arrival; it ends the request
   * @param failed called before the request ends with this failure
   */
  ask<N extends MessageName>(
    request: RequestContext,
    subject: FailureSubject,
    message: MessageInit,
    confirmed: (m: MessageOf<N>) => void,
    failed?: (result: RequestResult) => void,
  ): void {
    const about = { ...subject, messageType: messageNumber(message) };
    const fail = (result: RequestResult) => {
      failed?.(result);
      request.respond(result);
    };
    // Without a link the result is unknown, and the link provides the reason.
    if (this.context.link.up !== undefined && needsPhone(message)) {
      fail(refusal(about, 'CTIOS_NO_OBJECT', this.#noPhone(subject)));
      return;
    }
    this.context.link.request(message, request.answerMs, (answer) =>
      request.attempt(() => {
        if (answer instanceof LinkRequestError) fail(failureOfLink(about, answer));
        else {
          confirmed(answer as MessageOf<N>);
          this.context.buttonUpdates.flush();
        }
      }),
    );
  }

  #noPhone({ request, agentId, peripheralId }: FailureSubject): string {
    if (agentId === undefined) return `${request}: AgentID or AgentInstrument is required.`;
    const known = peripheralId !== undefined && this.context.world.agents.find(peripheralId, agentId) !== undefined;
    return !known
      ? `${request}: no agent ${agentId} is known on peripheral ${peripheralId}. Check the agent ID, or also enter the extension (AgentInstrument).`
      : `${request}: agent ${agentId} is not at a phone yet. Enter the extension (AgentInstrument).`;
  }

  // --- the call a request is for ---

  /** The call, or undefined if there is none; the request has then ended. */
  callFor(request: RequestContext): ServerCall | undefined {
    const call = callAsked(this.context, request);
    if (call === undefined) request.respond(this.noCall(request));
    return call;
  }

  isKnown(call: ServerCall): boolean {
    return this.context.world.calls.byId(call.id) === call;
  }

  noCall(request: RequestContext, named = request.target): RequestResult {
    const id = named ?? textArgument(request.args.UniqueObjectID);
    const what = id === undefined ? 'no call was named' : `there is no call ${id} (any more)`;
    return refusal(
      { request: request.definition.name, objectId: id },
      'CTIOS_NO_OBJECT',
      `${request.definition.name}: ${what}.`,
    );
  }

  #call(name: string, request: RequestContext): void {
    const call = this.callFor(request);
    if (call === undefined) return;
    const subject = subjectOfCall(name, call);
    if (name === 'MakeConsultCall') call.askedConsultType = Number(request.args.ConsultType ?? 0);
    const message = callRequestTranslations[name]!(call, request.args);
    switch (name) {
      case 'MakeConsultCall':
        this.#consult(request, subject, message, call);
        break;
      case 'StartRecord':
        this.send<'START_RECORDING_CONF'>(request, subject, message, {
          after: (m) => {
            call.recording = { sessionId: m.SessionID, serverData: m.ServerData };
          },
        });
        break;
      case 'StopRecord':
        this.send(request, subject, message, {
          after: () => {
            call.recording = undefined;
          },
        });
        break;
      default:
        this.send(request, subject, message);
    }
  }

  #consult(request: RequestContext, subject: FailureSubject, message: MessageInit, original: ServerCall): void {
    this.send<'CONSULTATION_CALL_CONF'>(request, subject, message, {
      newObject: (m) => newConnection(original.peripheralId, m),
      after: (m) => {
        const { calls } = this.context.world;
        const consult = calls.find(original.peripheralId, m.NewConnectionCallID, m.NewConnectionDeviceID);
        if (consult !== undefined && consult.consultOf === undefined && consult !== original) {
          consult.consultAbout(original, original.askedConsultType ?? 0);
          this.context.buttonUpdates.mark(consult.agent);
        }
      },
      failed: ({ outcome }) => {
        if (outcome === 'failed') original.askedConsultType = undefined;
      },
    });
  }

  #pair(name: string, request: RequestContext): void {
    const call = this.callFor(request);
    if (call === undefined) return;
    const subject = subjectOfCall(name, call);
    const reference = referenceOf(this.context, request);
    if (reference === null) {
      const id = textArgument(request.args.CallReferenceObjectID);
      request.respond(refusal(subject, 'CTIOS_NO_OBJECT', `${name}: there is no call ${id} (any more).`));
      return;
    }
    const pair = pairOf(call, reference);
    if (pair === 'CF_NO_HELD_CALL' || pair === 'CF_NO_ACTIVE_CALL') {
      const which = pair === 'CF_NO_HELD_CALL' ? 'held' : 'active';
      request.respond(refusalByCode(subject, pair, `there is no ${which} call beside this one.`));
      return;
    }
    this.send(request, subject, callPairRequests[name]!(pair, request.args));
  }

  // --- the agent a request is for ---

  agentOf(asked: Asked): AgentSubject | undefined {
    return agentAsked(this.context, asked);
  }

  /** The agent, or undefined if none is named; the request has then ended. */
  agentFor(request: RequestContext): AgentSubject | undefined {
    const subject = this.agentOf(request);
    if (subject === undefined) request.respond(this.noAgent(request));
    return subject;
  }

  noAgent(request: RequestContext): RequestResult {
    const { name } = request.definition;
    return refusal({ request: name, objectId: request.target }, 'CTIOS_NO_OBJECT', `${name}: no agent was named.`);
  }

  #agent(name: string, request: RequestContext): void {
    const subject = this.agentFor(request);
    if (subject === undefined) return;
    const id = callNamedBy(request);
    if (id !== undefined) {
      subject.call = this.context.world.calls.byReference(id);
      if (subject.call === undefined) {
        request.respond(this.noCall(request));
        return;
      }
    }
    const message = agentRequestTranslations[name]!(subject, request.args);
    const about = subjectOfAgent(name, subject);
    switch (name) {
      case 'SetAgentServiceData':
        this.#serviceData(request, subject, message);
        break;
      case 'MakeCall':
        this.send<'MAKE_CALL_CONF'>(request, about, message, {
          newObject: (m) => newConnection(subject.peripheralId, m),
        });
        break;
      case 'RequestSupervisorAssist':
      case 'MakeEmergencyCall':
        this.send<'SUPERVISOR_ASSIST_CONF'>(request, about, message, {
          newObject: (m) => callObjectId(subject.peripheralId, m.ConnectionCallID, m.ConnectionDeviceID ?? ''),
        });
        break;
      default:
        this.send(request, about, message);
    }
  }

  /** The message names the agent and the call by their enterprise-wide numbers only. */
  #serviceData(request: RequestContext, subject: AgentSubject, message: MessageInit): void {
    const about = subjectOfAgent(request.definition.name, subject);
    const missing = (what: string) =>
      request.respond(refusal(about, 'CTIOS_NO_OBJECT', `${request.definition.name}: ${what}.`));
    if (subject.agent?.icmAgentId === undefined) missing('the ICM agent ID of the agent is not known');
    else if (subject.call === undefined) missing('the agent has no call. Name one with CallReference');
    else
      this.send<'SET_AGENT_SERVICE_DATA_CONF'>(request, about, message, {
        instead: ({ Status: status }) =>
          status === StatusCode.E_CTI_NO_ERROR ? undefined : refusalByStatus(about, status),
      });
  }
}

/** Requests for an agent go to the agent's phone; otherwise the CTI Server would only report missing data. */
function needsPhone(message: MessageInit): boolean {
  return (
    (message.type === 'SET_AGENT_STATE_REQ' || message.type === 'MAKE_CALL_REQ') &&
    message.AgentInstrument === undefined
  );
}

function messageNumber(message: MessageInit): number | undefined {
  return message.type === 'UNKNOWN' ? message.number : definitionOf(message.type)?.number;
}
