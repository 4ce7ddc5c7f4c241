/**
 * Carries out requests: finds the object, sends the message of the table, and ends once, with the confirmation's event
 * or with what went wrong. Requests with a life of their own (desktops, statistics, supervision, chat) are added to the
 * table by their owners.
 */

import {
  type Args,
  callObjectId,
  parseObjectId,
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
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { ObjectServerRequester, RequestResult } from '../../object-server.js';
import { LinkRequestError } from '../../southbound/link-api.js';
import { type AgentSubject, agentRequestTranslations } from '../../translation/agent-requests.js';
import { callPairRequests, callRequestTranslations, pairOf, textArgument } from '../../translation/call-requests.js';
import { type FailureSubject, failureOfLink, refusal, refusalByCode } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import { missingPrivilege } from './privileges.js';

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

export type Handler = (asking: RequestContext) => Promise<RequestResult> | RequestResult;

/** What to make of a confirmation beside its event: in its place in the order of arrival. */
interface Confirmed<N extends MessageName> {
  args?: (m: MessageOf<N>) => Args;
  newObject?: (m: MessageOf<N>) => string | undefined;
  /** After the confirmation was told. */
  after?: (m: MessageOf<N>) => void;
}

export class Requests {
  readonly #handlers = new Map<string, Handler>();

  constructor(private readonly context: Context) {
    for (const name of Object.keys(callRequestTranslations)) this.add(name, (asking) => this.#call(name, asking));
    for (const name of Object.keys(callPairRequests)) this.add(name, (asking) => this.#pair(name, asking));
    for (const name of Object.keys(agentRequestTranslations)) {
      // "Bad line" is a request of the agent, about the call it is on.
      this.add(name, (asking) => this.#agent(name, asking));
    }
  }

  add(name: string, handler: Handler): void {
    this.#handlers.set(name, handler);
  }

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
    const definition = requestByName(name);
    const handler = definition && this.#handlers.get(definition.name);
    if (definition === undefined || handler === undefined) {
      end(refusal({ request: name }, 'CTIOS_UNKNOWN_REQUEST', `The server does not know the request "${name}".`));
      return over!;
    }
    const missing = missingPrivilege(this.context.world, from, definition, target, args);
    if (missing !== undefined) {
      const subject = { request: definition.name, objectId: target ?? from.agent };
      end(refusal(subject, missing.code, missing.message));
    } else {
      const asking: RequestContext = { from, definition, target, args, answerMs, end };
      try {
        end(await handler(asking));
      } catch (error) {
        end(unexpected(name, error));
      }
    }
    return over!;
  }

  /** Sends a message for a request, and makes its result of the answer. */
  async send<N extends MessageName>(
    asking: RequestContext,
    subject: FailureSubject,
    message: MessageInit,
    confirmed: Confirmed<N> = {},
  ): Promise<RequestResult> {
    const about = { ...subject, messageType: messageNumber(message) };
    // Without a link there is nothing to be known, and the link says why.
    if (this.context.link.up !== undefined && needsPhone(message))
      return refusal(about, 'CTIOS_NO_OBJECT', this.#noPhone(subject));
    let result: RequestResult | undefined;
    const answered = (confirmation: Message) => {
      const m = confirmation as MessageOf<N>;
      result = confirmedResult(asking, subject, confirmed.args?.(m), confirmed.newObject?.(m));
      asking.end(result);
      confirmed.after?.(m);
      this.context.staleButtons.flush();
    };
    try {
      const confirmation = await this.context.link.request(message, asking.answerMs, answered);
      // A link that knows nothing of order of arrival.
      if (result === undefined) answered(confirmation);
      return result!;
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

  /** The call that the target names, or, in agent mode, the current call. */
  callOf(asking: RequestContext): ServerCall | undefined {
    const { target, args, from } = asking;
    const id = target?.startsWith('call.') ? target : textArgument(args.UniqueObjectID);
    if (id?.startsWith('call.')) return this.context.world.calls.byId(id);
    if (target !== undefined || from.agent === undefined) return undefined;
    return currentCallOf(this.context.world.agents.byId(from.agent)?.device);
  }

  noCall(asking: RequestContext): RequestResult {
    const id = asking.target ?? textArgument(asking.args.UniqueObjectID);
    const what = id === undefined ? 'no call was named' : `there is no call ${id} (any more)`;
    return refusal(
      { request: asking.definition.name, objectId: id },
      'CTIOS_NO_OBJECT',
      `${asking.definition.name}: ${what}.`,
    );
  }

  #call(name: string, asking: RequestContext): Promise<RequestResult> | RequestResult {
    const call = this.callOf(asking);
    if (call === undefined) return this.noCall(asking);
    const subject = subjectOfCall(name, call);
    if (name === 'MakeConsultCall') call.askedConsultType = Number(asking.args.ConsultType ?? 0);
    const message = callRequestTranslations[name]!(call, asking.args);
    switch (name) {
      case 'MakeConsultCall':
        return this.#consult(asking, subject, message, call);
      case 'StartRecord':
        return this.send<'START_RECORDING_CONF'>(asking, subject, message, {
          after: (m) => {
            call.recording = { sessionId: m.SessionID, serverData: m.ServerData };
          },
        });
      case 'StopRecord':
        return this.send(asking, subject, message, {
          after: () => {
            call.recording = undefined;
          },
        });
      default:
        return this.send(asking, subject, message);
    }
  }

  async #consult(
    asking: RequestContext,
    subject: FailureSubject,
    message: MessageInit,
    original: ServerCall,
  ): Promise<RequestResult> {
    const result = await this.send<'CONSULTATION_CALL_CONF'>(asking, subject, message, {
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

  #pair(name: string, asking: RequestContext): Promise<RequestResult> | RequestResult {
    const call = this.callOf(asking);
    if (call === undefined) return this.noCall(asking);
    const subject = subjectOfCall(name, call);
    const referenceId = textArgument(asking.args.CallReferenceObjectID);
    const reference = referenceId === undefined ? undefined : this.context.world.calls.byId(referenceId);
    if (referenceId !== undefined && reference === undefined) {
      return refusal(subject, 'CTIOS_NO_OBJECT', `${name}: there is no call ${referenceId} (any more).`);
    }
    const pair = pairOf(call, reference);
    if (pair === 'CF_NO_HELD_CALL') return refusalByCode(subject, pair, 'there is no held call beside this one.');
    if (pair === 'CF_NO_ACTIVE_CALL') return refusalByCode(subject, pair, 'there is no active call beside this one.');
    return this.send(asking, subject, callPairRequests[name]!(pair, asking.args));
  }

  // --- the agent a request is for ---

  /** The agent that the arguments or the target name, else the client's own. */
  agentOf(asking: RequestContext): AgentSubject | undefined {
    const { target, args, from } = asking;
    const { world, settings } = this.context;
    const named = textArgument(args.AgentID);
    const given = target === undefined ? undefined : parseObjectId(target);
    const own = from.agent === undefined ? undefined : world.agents.byId(from.agent);
    const peripheralId = Number(
      args.PeripheralID ?? (given === undefined ? own?.peripheralId : given.peripheralID) ?? settings.peripheralId,
    );
    const agentId = named ?? (given?.kind === 'agent' ? given.agentID : undefined);
    let agent: ServerAgent | undefined;
    const login = agentId === undefined ? textArgument(args.LoginName) : undefined;
    if (login !== undefined) {
      agent = world.agents.byLoginName(login);
      if (agent === undefined) return undefined;
    } else if (agentId !== undefined) agent = world.agents.find(peripheralId, agentId);
    else {
      agent = world.devices.find(peripheralId, textArgument(args.AgentInstrument))?.agent ?? own;
      if (agent === undefined && args.AgentInstrument === undefined) return undefined;
    }
    return { peripheralId, agentId: agentId ?? agent?.agentId, agent, call: currentCallOf(agent?.device) };
  }

  noAgent(asking: RequestContext): RequestResult {
    const { name } = asking.definition;
    return refusal({ request: name, objectId: asking.target }, 'CTIOS_NO_OBJECT', `${name}: no agent was named.`);
  }

  #agent(name: string, asking: RequestContext): Promise<RequestResult> | RequestResult {
    const subject = this.agentOf(asking);
    if (subject === undefined) return this.noAgent(asking);
    if (asking.target?.startsWith('call.') || textArgument(asking.args.CallReference) !== undefined) {
      const id = textArgument(asking.args.CallReference) ?? asking.target!;
      subject.call = this.context.world.calls.byId(id);
      if (subject.call === undefined) return this.noCall(asking);
    }
    const message = agentRequestTranslations[name]!(subject, asking.args);
    const about = subjectOfAgent(name, subject);
    switch (name) {
      case 'MakeCall':
        return this.send<'MAKE_CALL_CONF'>(asking, about, message, {
          newObject: (m) => newConnection(subject.peripheralId, m),
        });
      case 'RequestSupervisorAssist':
      case 'MakeEmergencyCall':
        return this.send<'SUPERVISOR_ASSIST_CONF'>(asking, about, message, {
          newObject: (m) => callObjectId(subject.peripheralId, m.ConnectionCallID, m.ConnectionDeviceID ?? ''),
        });
      default:
        return this.send(asking, about, message);
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
  asking: RequestContext,
  subject: FailureSubject,
  more: Args | undefined,
  newObject: string | undefined,
): RequestResult {
  const result: RequestResult = { outcome: 'confirmed' };
  const event = asking.definition.conf;
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

function unexpected(request: string, error: unknown): RequestResult {
  const failure: RequestFailure = {
    code: 'CTIOS_INTERNAL',
    message: `${request}: ${error instanceof Error ? error.message : String(error)}`,
  };
  return { outcome: 'failed', failure };
}
