/** Agents log in and out and change their state: what is asked of the CTI Server, by clients and for them. */

import { type Args, constants, enums } from '../../../ctios/index.js';
import { AgentState, type MessageInit, type MessageOf } from '../../../ged188/index.js';
import type { Desktop } from '../../model/desktop-registry.js';
import type { ServerAgent } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import { type AgentSubject, agentRequestTranslations } from '../../translation/agent-requests.js';
import { numberArgument } from '../../translation/call-requests.js';
import type { Context } from '../core/context.js';
import { authenticationFailure } from '../requests/agent-authentication.js';
import { type RequestContext, type Requests, subjectOfAgent } from '../requests/request-dispatcher.js';
import type { AgentTracker } from '../tracking/agent-tracker.js';
import type { DeskSettingsOfAgents } from './desk-settings.js';
import { refuseDesktop } from './desktop-refusals.js';

const Failure = constants(enums.CTIOSFailureCode);
/** EventReasonCode of a logout by a supervisor. Source: CTI OS Developer Guide, "Supervisor features". */
const SUPERVISOR_LOGOUT_REASON = 999;

export class Logins {
  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly agents: AgentTracker,
    private readonly deskSettings: DeskSettingsOfAgents,
    /** An answer said where the agent sits, before an event does: calls may be at that phone. */
    private readonly seated: (agent: ServerAgent) => void,
  ) {
    requests.add('Login', (request) => this.#login(request));
    requests.add('Logout', (request) => this.#logout(request));
    requests.add('SetAgentState', (request) => this.#setAgentState(request));
    requests.add('QueryAgentState', (request) => this.#query(request));
  }

  /** Whether a second login of an agent is refused. */
  rejects(args: Args): boolean {
    return numberArgument(args.RejectIfAlreadyLoggedIn) === 1 || this.context.settings.rejectIfAlreadyLoggedIn;
  }

  async #login(request: RequestContext): Promise<RequestResult> {
    const subject = this.requests.agentOf(request);
    if (subject === undefined) return this.requests.noAgent(request);
    const refused = this.#hasProved(request, subject) ? undefined : await authenticationFailure(request, subject);
    if (refused !== undefined) return refused;
    if (subject.agent?.loggedIn && this.rejects(request.args)) {
      return refuseDesktop(
        this.context.publisher,
        request,
        'CTIOS_AGENT_ALREADY_LOGGED_IN',
        `Login: agent ${subject.agentId} is logged in already.`,
        Failure.eAgentAlreadyLoggedIn,
      );
    }
    const result = await this.requests.send(
      request,
      subjectOfAgent('Login', subject),
      agentRequestTranslations.Login!(subject, request.args),
    );
    if (result.outcome !== 'confirmed' || subject.agentId === undefined) return result;
    const agent = this.context.world.agents.at(subject.peripheralId, subject.agentId);
    const desktop = this.context.desktops.byClient(request.from.clientId);
    if (desktop?.agent === agent && numberArgument(request.args.AutoLogin) === 1) desktop.login = { ...request.args };
    this.context.background(this.#afterLogin(agent, { client: request.from.clientId }));
    return result;
  }

  /** It is the session's own agent, and no other password than that of SetAgent is given. */
  #hasProved({ from, args }: RequestContext, { agent }: AgentSubject): boolean {
    return (
      agent !== undefined &&
      this.context.desktops.byClient(from.clientId)?.agent === agent &&
      args.AgentPassword === undefined
    );
  }

  async #afterLogin(agent: ServerAgent, to: { client: string }): Promise<void> {
    const { link, settings, publisher } = this.context;
    const subject: AgentSubject = { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
    await link
      .request(agentRequestTranslations.QueryAgentState!(subject, {}), settings.answerMs, (m) => {
        const conf = m as MessageOf<'QUERY_AGENT_STATE_CONF'>;
        this.agents.learn(agent, conf);
        publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, conf), to);
        this.seated(agent);
      })
      .catch(() => undefined);
    await this.deskSettings.ask(agent, to);
  }

  async #logout(request: RequestContext): Promise<RequestResult> {
    const subject = this.requests.agentOf(request);
    if (subject === undefined) return this.requests.noAgent(request);
    return await this.#orLogoutFailed(
      request,
      subject,
      agentRequestTranslations.Logout!(subject, this.#asSupervisor(request, subject)),
    );
  }

  async #setAgentState(request: RequestContext): Promise<RequestResult> {
    const subject = this.requests.agentOf(request);
    if (subject === undefined) return this.requests.noAgent(request);
    const state = numberArgument(request.args.AgentState);
    // A login by another name.
    if (state === AgentState.AGENT_STATE_LOGIN && !this.#hasProved(request, subject)) {
      const refused = await authenticationFailure(request, subject);
      if (refused !== undefined) return refused;
    }
    const message = agentRequestTranslations.SetAgentState!(subject, this.#asSupervisor(request, subject));
    if (state === AgentState.AGENT_STATE_LOGOUT) {
      return await this.#orLogoutFailed(request, subject, message);
    }
    return await this.requests.send(request, subjectOfAgent('SetAgentState', subject), message);
  }

  /**
   * Who changes the state of another agent does so as a supervisor (SupervisorID), and logs out with the reason that the
   * guide has for it; both where the request does not say so itself.
   */
  #asSupervisor({ from, args, definition }: RequestContext, { agent }: AgentSubject): Args {
    if (from.agent === undefined || agent === undefined || agent.id === from.agent) return args;
    const supervisor = this.context.world.agents.byId(from.agent);
    const logsOut = definition.name === 'Logout' || numberArgument(args.AgentState) === AgentState.AGENT_STATE_LOGOUT;
    return {
      SupervisorID: supervisor?.agentId ?? '',
      ...(logsOut ? { EventReasonCode: SUPERVISOR_LOGOUT_REASON } : {}),
      ...args,
    };
  }

  /** A refused logout is told twice, as the guide has it: OnLogoutFailed, then OnControlFailureConf. */
  async #orLogoutFailed(request: RequestContext, subject: AgentSubject, message: MessageInit): Promise<RequestResult> {
    const result = await this.requests.send(request, subjectOfAgent(request.definition.name, subject), message);
    // An agent who logs out on purpose is not to be logged in again by itself.
    const desktop = this.context.desktops.byClient(request.from.clientId);
    if (result.outcome === 'confirmed' && desktop?.agent === subject.agent && desktop !== undefined) {
      desktop.login = undefined;
    }
    if (result.outcome === 'failed' && result.conf !== undefined) {
      this.context.publisher.publish('OnLogoutFailed', result.conf.args, { client: request.from.clientId });
    }
    return result;
  }

  async #query(request: RequestContext): Promise<RequestResult> {
    const subject = this.requests.agentOf(request);
    if (subject === undefined) return this.requests.noAgent(request);
    return await this.requests.send<'QUERY_AGENT_STATE_CONF'>(
      request,
      subjectOfAgent('QueryAgentState', subject),
      agentRequestTranslations.QueryAgentState!(subject, request.args),
      {
        args: (m) => {
          const agentId = m.AgentID || subject.agentId;
          if (agentId === undefined) return {};
          const agent = this.context.world.agents.at(subject.peripheralId, agentId);
          this.agents.learn(agent, m);
          return this.agents.queried(agent, m);
        },
        after: (m) => {
          const agent = this.context.world.agents.find(subject.peripheralId, m.AgentID || subject.agentId);
          if (agent !== undefined) this.seated(agent);
        },
      },
    );
  }

  // --- by the server itself ---

  /** After a gap: who was to stay logged in is logged in again. */
  async loginAgain({ agent, login, clientId }: Desktop): Promise<void> {
    const subject: AgentSubject = { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
    const { link, settings, publisher } = this.context;
    try {
      await link.request(agentRequestTranslations.Login!(subject, login!), settings.answerMs);
      await this.#afterLogin(agent, { client: clientId });
    } catch (error) {
      publisher.publish(
        'OnCTIOSFailure',
        {
          FailureCode: Failure.eInconsistentAgentData,
          ErrorMessage: `Agent ${agent.agentId} could not be logged in again: ${error instanceof Error ? error.message : ''}`,
        },
        { client: clientId },
      );
    }
  }

  /** NotReady first: a switch refuses to log out who may get a call. What the switch refuses stays as it is. */
  async forceLogout(agent: ServerAgent): Promise<void> {
    const { settings, link } = this.context;
    const subject: AgentSubject = { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
    const set = (state: number, reason: number) =>
      link
        .request(
          agentRequestTranslations.SetAgentState!(subject, { AgentState: state, EventReasonCode: reason }),
          settings.answerMs,
        )
        .catch(() => undefined);
    if (agent.state !== AgentState.AGENT_STATE_NOT_READY) {
      await set(AgentState.AGENT_STATE_NOT_READY, settings.forceLogoutNotReadyReason);
    }
    await set(AgentState.AGENT_STATE_LOGOUT, settings.forceLogoutReason);
  }
}
