/** Agents log in and out and change their state: requests to the CTI Server, by clients and on their behalf. */

import { type Args, constants, enums } from '../../../ctios/index.js';
import { AgentState, type MessageInit } from '../../../ged188/index.js';
import type { Desktop } from '../../model/desktop-registry.js';
import type { ServerAgent } from '../../model/entities.js';
import { type AgentSubject, agentRequestTranslations } from '../../translation/agent-requests.js';
import { numberArgument } from '../../translation/call-requests.js';
import type { Context } from '../core/context.js';
import { authenticateAgent } from '../requests/agent-authentication.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import { subjectOfAgent } from '../requests/request-results.js';
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
    /** A response named the agent's phone before an event does: there may be calls at that phone. */
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

  #login(request: RequestContext): void {
    const subject = this.requests.agentFor(request);
    if (subject === undefined) return;
    if (this.#hasProved(request, subject)) this.#loginProven(request, subject);
    else authenticateAgent(request, subject, () => this.#loginProven(request, subject));
  }

  #loginProven(request: RequestContext, subject: AgentSubject): void {
    if (subject.agent?.loggedIn && this.rejects(request.args)) {
      refuseDesktop(
        this.context.publisher,
        request,
        'CTIOS_AGENT_ALREADY_LOGGED_IN',
        `Login: agent ${subject.agentId} is logged in already.`,
        Failure.eAgentAlreadyLoggedIn,
      );
      return;
    }
    const { peripheralId, agentId } = subject;
    this.requests.send(
      request,
      subjectOfAgent('Login', subject),
      agentRequestTranslations.Login!(subject, request.args),
      {
        after: () => {
          if (agentId === undefined) return;
          const agent = this.context.world.agents.at(peripheralId, agentId);
          const desktop = this.context.desktops.byClient(request.from.clientId);
          if (desktop?.agent === agent && numberArgument(request.args.AutoLogin) === 1)
            desktop.login = { ...request.args };
          this.#afterLogin(agent, { client: request.from.clientId });
        },
      },
    );
  }

  /** It is the session's own agent, and no password other than that of SetAgent is given. */
  #hasProved({ from, args }: RequestContext, { agent }: AgentSubject): boolean {
    return (
      agent !== undefined &&
      this.context.desktops.byClient(from.clientId)?.agent === agent &&
      args.AgentPassword === undefined
    );
  }

  #afterLogin(agent: ServerAgent, to: { client: string }): void {
    const { settings, publisher } = this.context;
    const subject = subjectOf(agent);
    const message = agentRequestTranslations.QueryAgentState!(subject, {});
    this.context.ask<'QUERY_AGENT_STATE_CONF'>(message, settings.answerMs, (conf) => {
      if (conf !== undefined) {
        this.agents.learn(agent, conf);
        publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, conf, to.client), to);
        this.seated(agent);
      }
      this.deskSettings.ask(agent, to);
    });
  }

  #logout(request: RequestContext): void {
    const subject = this.requests.agentFor(request);
    if (subject === undefined) return;
    const message = agentRequestTranslations.Logout!(subject, this.#asSupervisor(request, subject));
    this.#sendLogout(request, subject, message);
  }

  #setAgentState(request: RequestContext): void {
    const subject = this.requests.agentFor(request);
    if (subject === undefined) return;
    const state = numberArgument(request.args.AgentState);
    const send = () => {
      const message = agentRequestTranslations.SetAgentState!(subject, this.#asSupervisor(request, subject));
      if (state === AgentState.AGENT_STATE_LOGOUT) this.#sendLogout(request, subject, message);
      else this.requests.send(request, subjectOfAgent('SetAgentState', subject), message);
    };
    // A login under another name.
    if (state === AgentState.AGENT_STATE_LOGIN && !this.#hasProved(request, subject))
      authenticateAgent(request, subject, send);
    else send();
  }

  /**
   * A client that changes the state of another agent acts as a supervisor (SupervisorID), and logs out with the guide's
   * reason code for that, unless the request specifies them itself.
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

  /** A refused logout is reported twice, as in the guide: OnLogoutFailed, then OnControlFailureConf. */
  #sendLogout(request: RequestContext, subject: AgentSubject, message: MessageInit): void {
    const { clientId } = request.from;
    this.requests.send(request, subjectOfAgent(request.definition.name, subject), message, {
      after: () => {
        // An agent who logs out on purpose must not be logged in again automatically.
        const desktop = this.context.desktops.byClient(clientId);
        if (desktop !== undefined && desktop.agent === subject.agent) desktop.login = undefined;
      },
      failed: ({ outcome, conf }) => {
        if (outcome === 'failed' && conf !== undefined)
          this.context.publisher.publish('OnLogoutFailed', conf.args, { client: clientId });
      },
    });
  }

  #query(request: RequestContext): void {
    const subject = this.requests.agentFor(request);
    if (subject === undefined) return;
    this.requests.send<'QUERY_AGENT_STATE_CONF'>(
      request,
      subjectOfAgent('QueryAgentState', subject),
      agentRequestTranslations.QueryAgentState!(subject, request.args),
      {
        args: (m) => {
          const agentId = m.AgentID || subject.agentId;
          if (agentId === undefined) return {};
          const agent = this.context.world.agents.at(subject.peripheralId, agentId);
          this.agents.learn(agent, m);
          return this.agents.described(agent, m);
        },
        after: (m) => {
          const agent = this.context.world.agents.find(subject.peripheralId, m.AgentID || subject.agentId);
          if (agent !== undefined) this.seated(agent);
        },
      },
    );
  }

  // --- by the server itself ---

  /** After a gap, logs in agents who should have stayed logged in. */
  loginAgain({ agent, login, clientId }: Desktop): void {
    const { settings, publisher } = this.context;
    this.context.ask(agentRequestTranslations.Login!(subjectOf(agent), login!), settings.answerMs, (_, error) => {
      if (error === undefined) this.#afterLogin(agent, { client: clientId });
      else
        publisher.publish(
          'OnCTIOSFailure',
          {
            FailureCode: Failure.eInconsistentAgentData,
            ErrorMessage: `Agent ${agent.agentId} could not be logged in again: ${error.message}`,
          },
          { client: clientId },
        );
    });
  }

  /**
   * NotReady first: a switch refuses to log out an agent who may receive a call. If the switch refuses, nothing
   * changes.
   */
  forceLogout(agent: ServerAgent): void {
    const { settings } = this.context;
    const set = (state: number, reason: number, then: () => void) => {
      const args = { AgentState: state, EventReasonCode: reason };
      this.context.ask(agentRequestTranslations.SetAgentState!(subjectOf(agent), args), settings.answerMs, () =>
        then(),
      );
    };
    const logOut = () => set(AgentState.AGENT_STATE_LOGOUT, settings.forceLogoutReason, () => {});
    if (agent.state === AgentState.AGENT_STATE_NOT_READY) logOut();
    else set(AgentState.AGENT_STATE_NOT_READY, settings.forceLogoutNotReadyReason, logOut);
  }
}

function subjectOf(agent: ServerAgent): AgentSubject {
  return { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
}
