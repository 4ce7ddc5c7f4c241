/**
 * Chat between desktops. The CTI Server cannot address an agent of another CTI OS client, so chat goes from desktop to
 * desktop, at this server and its peers. A message counts as sent when one desktop has received it.
 */

import { type Args, parseObjectId } from '../../../ctios/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import type { AnswerOf, BodyOf } from '../../peers/requests/peer-requests.js';
import { type EndAtPeer, requestAll } from '../../peers/requests/request-all.js';
import { textArgument } from '../../translation/call-requests.js';
import { type FailureSubject, refusal } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import { type Correspondent, mayWrite } from './chat-levels.js';
import { unansweredBy } from './peer-failures.js';

/** Maximum size of a user message, in GED-188 bytes. */
const MAX_MESSAGE_LENGTH = 255;

/** The recipient, as far as the sender has specified it. */
type Addressee = { readonly agent: Correspondent } | { readonly loginName: string };

interface ChatMessage {
  readonly distribution: string;
  readonly message: string;
  /** AgentID of the sender. */
  readonly source: string;
}

type Result = AnswerOf<'DeliverChat'>['Result'];

export class Chat {
  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
  ) {
    requests.add('SendChatMessage', (request) => this.#send(request));
    context.peers.answer('DeliverChat', (body) => ({ Result: this.#deliverForPeer(body) }));
  }

  #send(request: RequestContext): void {
    const { args, definition } = request;
    const from = this.#sender(request);
    if (from === undefined) {
      request.respond(this.requests.noAgent(request));
      return;
    }
    const subject = {
      request: definition.name,
      objectId: from.id,
      agentId: from.agentId,
      peripheralId: from.peripheralId,
    };
    const chat = {
      distribution: textArgument(args.Distribution) ?? 'agent',
      message: textArgument(args.Message) ?? '',
      source: from.agentId,
    };
    if (Buffer.byteLength(chat.message) > MAX_MESSAGE_LENGTH) {
      const why = `${definition.name}: Message may have at most ${MAX_MESSAGE_LENGTH} bytes.`;
      request.respond(refusal(subject, 'CTIOS_INVALID_ARGUMENT', why));
      return;
    }
    const addressee = addresseeOf(from, args);
    const to = addressee && this.#find(addressee);
    const level = this.#levelOf(from);
    if (to !== undefined && !mayWrite(level, from, to, this.context.world)) {
      request.respond(this.#notAllowed(subject, to.agentId, level));
      return;
    }
    if (addressee === undefined) {
      request.respond(this.#nobody(subject, ''));
      return;
    }
    const body =
      to === undefined ? crossing(from, addressee, chat, level) : crossing(from, { agent: to }, chat, undefined);
    if (to !== undefined && this.#hasDesktop(to)) {
      request.confirm();
      this.#deliver(to, chat);
      // The agent's other desktops. It is already certain that one received it.
      requestAll(this.context.peers, 'DeliverChat', body, request.answerMs);
      return;
    }
    this.#sendAcross(request, subject, to?.agentId ?? nameOf(addressee), body);
  }

  #sender(request: RequestContext): ServerAgent | undefined {
    const id = request.from.agent ?? request.target;
    return id === undefined ? undefined : this.context.world.agents.byId(id);
  }

  #levelOf(from: ServerAgent): string {
    const { settings } = this.context;
    return from.isSupervisor ? settings.supervisorChatLevel : settings.agentChatLevel;
  }

  #find(to: Addressee): ServerAgent | undefined {
    const { agents } = this.context.world;
    return 'loginName' in to ? agents.byLoginName(to.loginName) : agents.find(to.agent.peripheralId, to.agent.agentId);
  }

  #hasDesktop(agent: ServerAgent): boolean {
    return this.context.desktops.of(agent).size > 0;
  }

  #deliver(to: ServerAgent, { distribution, message, source }: ChatMessage): void {
    this.context.publisher.publish(
      'OnChatMessage',
      {
        UniqueObjectID: to.id,
        Distribution: distribution,
        AgentID: to.agentId,
        PeripheralID: to.peripheralId,
        Target: to.agentId,
        Message: message,
        Source: source,
      },
      { agent: to.id },
    );
  }

  // --- the peers ---

  #sendAcross(request: RequestContext, subject: FailureSubject, name: string, body: BodyOf<'DeliverChat'>): void {
    requestAll(
      this.context.peers,
      'DeliverChat',
      body,
      request.answerMs,
      (ends) => request.attempt(() => request.respond(this.#resultOf(subject, name, ends))),
      ({ Result }) => Result === 'delivered',
    );
  }

  /** One desktop is enough; if it is unknown whether one received it, so is the outcome. */
  #resultOf(subject: FailureSubject, name: string, ends: readonly EndAtPeer<'DeliverChat'>[]): RequestResult {
    const answered = (result: Result) => ends.some((end) => end.outcome === 'answered' && end.answer.Result === result);
    if (answered('delivered')) return { outcome: 'confirmed' };
    const lost = ends.find((end) => end.outcome === 'unknown');
    if (lost !== undefined) return unansweredBy(subject, lost);
    if (answered('not allowed')) return this.#notAllowed(subject, name, undefined);
    const failed = ends.find((end) => end.outcome === 'failed');
    if (failed !== undefined) return unansweredBy(subject, failed);
    return this.#nobody(subject, name);
  }

  #deliverForPeer(body: BodyOf<'DeliverChat'>): Result {
    const { PeripheralID, AgentID, LoginName } = body;
    const { settings, world } = this.context;
    const to =
      LoginName === undefined
        ? world.agents.find(PeripheralID ?? settings.peripheralId, AgentID)
        : world.agents.byLoginName(LoginName);
    if (to === undefined) return 'no desktop';
    // The sender's server does not know the agent; its level applies nevertheless.
    const from = { peripheralId: body.SourcePeripheralID, agentId: body.Source };
    if (body.Level !== undefined && !mayWrite(body.Level, from, to, world)) return 'not allowed';
    if (!this.#hasDesktop(to)) return 'no desktop';
    this.#deliver(to, { distribution: body.Distribution, message: body.Message, source: body.Source });
    return 'delivered';
  }

  // --- why it was refused ---

  #notAllowed(subject: FailureSubject, to: string, level: string | undefined): RequestResult {
    const why = level === undefined ? '' : ` (chat level ${level})`;
    return refusal(
      subject,
      'CTIOS_NOT_ALLOWED',
      `${subject.request}: agent ${subject.agentId} may not write to ${to}${why}.`,
    );
  }

  #nobody(subject: FailureSubject, name: string): RequestResult {
    const { linked, missing } = this.context.peers;
    const where = linked.length === 0 ? 'at this server' : 'at this server or its peers';
    const but = missing.length === 0 ? '' : `; there is no link to ${missing.join(', ')} just now`;
    const message = `${subject.request}: there is no desktop of an agent ${name} ${where}${but}.`;
    return refusal(subject, 'CTIOS_NO_RECIPIENT', message);
  }
}

/** By AgentID or UniqueObjectID, otherwise by login name. */
function addresseeOf(from: ServerAgent, args: Args): Addressee | undefined {
  const target = textArgument(args.Target);
  if (target !== undefined) {
    const id = parseObjectId(target);
    return id?.kind === 'agent'
      ? { agent: { peripheralId: id.peripheralID, agentId: id.agentID } }
      : { agent: { peripheralId: from.peripheralId, agentId: target } };
  }
  const loginName = textArgument(args.LoginName);
  return loginName === undefined ? undefined : { loginName };
}

function nameOf(addressee: Addressee): string {
  return 'loginName' in addressee ? addressee.loginName : addressee.agent.agentId;
}

function crossing(
  from: ServerAgent,
  to: Addressee,
  { distribution, message, source }: ChatMessage,
  level: string | undefined,
): BodyOf<'DeliverChat'> {
  return {
    SourcePeripheralID: from.peripheralId,
    Source: source,
    ...('loginName' in to
      ? { LoginName: to.loginName }
      : { PeripheralID: to.agent.peripheralId, AgentID: to.agent.agentId }),
    ...(level === undefined ? {} : { Level: level }),
    Distribution: distribution,
    Message: message,
  };
}
