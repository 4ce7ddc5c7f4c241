/**
 * Agent-mode clients: SetAgent, login and logout, desk settings, what a client sees when it starts, automatic login
 * after a gap, and the logout of agents whose desktop vanished.
 */
import { type Args, constants, enums, events } from '../../ctios/index.js';
import { AgentState, DeskSettingsMask, type MessageOf } from '../../ged188/index.js';
import type { Requester, RequestResult } from '../object-server.js';
import { whoAndWhere } from '../translation/agent-events.js';
import { type AgentSubject, agentRequests } from '../translation/agent-requests.js';
import { wholeCall } from '../translation/call-events.js';
import { number, text } from '../translation/call-requests.js';
import { refusal } from '../translation/failures.js';
import type { AgentTracker } from './agent-tracker.js';
import type { DeskSettings, ServerAgent } from './agents.js';
import { enablementMask, OFFLINE_MASK } from './button-enablement.js';
import type { CallTracker } from './call-tracker.js';
import type { Context } from './context.js';
import { currentCallOf } from './current-call.js';
import { snapshotDevice } from './reconciliation.js';
import type { Recovery } from './recovery.js';
import { type Asking, type Requests, subjectOfAgent } from './requests.js';
import type { SystemState } from './system-status.js';

const Failure = constants(enums.CTIOSFailureCode);

/** A client in agent mode. */
interface Desktop {
  clientId: string;
  agent: ServerAgent;
  /** What a login of this agent has to say; kept only for AutoLogin. */
  login: Args | undefined;
  /** The desktop was told that it can do nothing. */
  disabled: boolean;
}

export class Desktops {
  readonly #desktops = new Map<string, Desktop>();
  #temporaryIds = 0;

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly agents: AgentTracker,
    private readonly calls: CallTracker,
    private readonly system: SystemState,
    private readonly recovery: Recovery,
  ) {
    requests.add('SetAgent', (asking) => this.#setAgent(asking));
    requests.add('Login', (asking) => this.#login(asking));
    requests.add('Logout', (asking) => this.#logout(asking));
    requests.add('SetAgentState', (asking) => this.#setAgentState(asking));
    requests.add('QueryAgentState', (asking) => this.#query(asking));
  }

  /** Clients of an agent. */
  *clientsOf(agent: ServerAgent): Iterable<string> {
    for (const desktop of this.#desktops.values()) if (desktop.agent === agent) yield desktop.clientId;
  }

  /** Clients whose agent is one of these. */
  *clientsWhere(fits: (agent: ServerAgent) => boolean): Iterable<string> {
    for (const desktop of this.#desktops.values()) if (fits(desktop.agent)) yield desktop.clientId;
  }

  agentOfClient(clientId: string): ServerAgent | undefined {
    return this.#desktops.get(clientId)?.agent;
  }

  release(clientId: string, how: 'closed' | 'lost'): void {
    const desktop = this.#desktops.get(clientId);
    if (desktop === undefined) return;
    this.#desktops.delete(clientId);
    const { settings } = this.context;
    if (how !== 'lost' || !settings.forceLogoutOnSessionClose || !desktop.agent.loggedIn) return;
    // Another desktop of the same agent is still there: nobody vanished.
    for (const _ of this.clientsOf(desktop.agent)) return;
    this.context.background(this.#forceLogout(desktop.agent));
  }

  /** NotReady first: a switch refuses to log out who may get a call. What the switch refuses stays as it is. */
  async #forceLogout(agent: ServerAgent): Promise<void> {
    const { settings, link } = this.context;
    const subject: AgentSubject = { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
    const set = (state: number, reason: number) =>
      link
        .request(
          agentRequests.SetAgentState!(subject, { AgentState: state, EventReasonCode: reason }),
          settings.answerMs,
        )
        .catch(() => undefined);
    if (agent.state !== AgentState.AGENT_STATE_NOT_READY) {
      await set(AgentState.AGENT_STATE_NOT_READY, settings.forceLogoutNotReadyReason);
    }
    await set(AgentState.AGENT_STATE_LOGOUT, settings.forceLogoutReason);
  }

  /** The objects are right again after a gap: who was to stay logged in is logged in again. */
  recovered(): void {
    for (const desktop of this.#desktops.values()) {
      if (desktop.login !== undefined && !desktop.agent.loggedIn) this.context.background(this.#loginAgain(desktop));
    }
  }

  /**
   * No event of an agent says that the system, or the phone, has gone and is back: desktops are told what their buttons
   * are, nothing at all or what the state of agent and call allows.
   */
  tellButtons(): void {
    const { publisher, buttons } = this.context;
    for (const desktop of this.#desktops.values()) {
      const { agent, clientId } = desktop;
      const disabled = !this.system.serves(agent.peripheralId) || agent.device?.inService === false;
      if (disabled === desktop.disabled) continue;
      desktop.disabled = disabled;
      const mask = disabled ? OFFLINE_MASK : enablementMask(agent, currentCallOf(agent.device), buttons);
      const args: Args = { EnablementMask: mask, UniqueObjectID: agent.id, MessageID: events.OnCTIOSFailure.eventId };
      publisher.publish('OnButtonEnablementChange', args, { client: clientId });
    }
  }

  async #loginAgain({ agent, login, clientId }: Desktop): Promise<void> {
    const subject: AgentSubject = { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
    const { link, settings, publisher } = this.context;
    try {
      await link.request(agentRequests.Login!(subject, login!), settings.answerMs);
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

  // --- SetAgent ---

  async #setAgent(asking: Asking): Promise<RequestResult> {
    const { from, args } = asking;
    const subject = this.requests.agentOf({ ...asking, from: { ...from, agent: undefined } });
    if (subject === undefined || subject.agentId === undefined) {
      return refusal({ request: 'SetAgent' }, 'CTIOS_MISSING_ARGUMENT', 'SetAgent: AgentID is missing.');
    }
    const { peripheralId, agentId } = subject;
    if (!(await this.#authentic(peripheralId, agentId, text(args.AgentPassword) ?? ''))) {
      return this.#refuseDesktop(
        asking,
        'CTIOS_AUTHENTICATION_FAILED',
        `SetAgent: the password of agent ${agentId} is wrong.`,
      );
    }
    const wasKnown = subject.agent?.loggedIn ?? false;
    const result = await this.requests.send<'QUERY_AGENT_STATE_CONF'>(
      // The end comes with OnSetAgentModeEvent, below, in its place behind OnQueryAgentStateConf.
      { ...asking, end: () => {} },
      subjectOfAgent('SetAgent', subject),
      agentRequests.QueryAgentState!(subject, {}),
      {
        after: (m) => {
          const agent = this.context.world.agents.at(peripheralId, agentId);
          this.agents.learn(agent, m);
          agent.told = true;
          if (agent.loggedIn && this.#rejects(args)) return;
          this.#take(asking, agent, m);
        },
      },
    );
    if (result.outcome !== 'confirmed') {
      this.#tellFailure(from, Failure.eInconsistentAgentData, result.failure!.message);
      return result;
    }
    const desktop = this.#desktops.get(from.clientId);
    if (desktop === undefined) {
      return this.#refuseDesktop(
        asking,
        'CTIOS_AGENT_ALREADY_LOGGED_IN',
        `SetAgent: agent ${agentId} is logged in already.`,
        Failure.eAgentAlreadyLoggedIn,
      );
    }
    this.context.background(this.#introduce(desktop, wasKnown));
    return { outcome: 'confirmed' };
  }

  async #authentic(peripheralId: number, agentId: string, password: string): Promise<boolean> {
    const { authenticate } = this.context.settings;
    return authenticate === undefined || (await authenticate({ peripheralId, agentId, password }));
  }

  #rejects(args: Args): boolean {
    return number(args.RejectIfAlreadyLoggedIn) === 1 || this.context.settings.rejectIfAlreadyLoggedIn;
  }

  #refuseDesktop(
    asking: Asking,
    code: string,
    message: string,
    failureCode: number = Failure.eInvalidPriviledge,
  ): RequestResult {
    this.#tellFailure(asking.from, failureCode, message);
    return refusal({ request: asking.definition.name }, code, message);
  }

  #tellFailure(from: Requester, failureCode: number, message: string): void {
    this.context.publisher.publish(
      'OnCTIOSFailure',
      { FailureCode: failureCode, ErrorMessage: message },
      { client: from.clientId },
    );
  }

  /** The client has its agent: OnQueryAgentStateConf, then OnSetAgentModeEvent, which ends the request. */
  #take(asking: Asking, agent: ServerAgent, m: MessageOf<'QUERY_AGENT_STATE_CONF'>): void {
    const { from, args } = asking;
    const { publisher } = this.context;
    publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, m), { client: from.clientId });
    const automatic = number(args.AutoLogin) === 1;
    this.#desktops.set(from.clientId, {
      clientId: from.clientId,
      agent,
      login: automatic ? { ...args } : undefined,
      disabled: false,
    });
    asking.end({
      outcome: 'confirmed',
      conf: {
        kind: 'event',
        event: 'OnSetAgentModeEvent',
        args: {
          UniqueObjectID: agent.id,
          PeripheralID: agent.peripheralId,
          AgentID: agent.agentId,
          ClientAgentTemporaryID: `agenttemp.${++this.#temporaryIds}`,
          CILConnectionID: from.clientId,
          StatusSystem: this.system.status().statusSystem,
        },
      },
    });
  }

  /** What a desktop sees after OnSetAgentModeEvent: desk settings, the calls at its phone, the state of the system. */
  async #introduce(desktop: Desktop, wasKnown: boolean): Promise<void> {
    const { agent, clientId } = desktop;
    const to = { client: clientId };
    await this.#askDeskSettings(agent, to);
    if (agent.loggedIn && !wasKnown && agent.device !== undefined) await this.#lookAt(agent);
    if (this.#desktops.get(clientId) !== desktop) return;
    const { publisher } = this.context;
    if (agent.loggedIn && agent.device !== undefined) {
      publisher.recovering = true;
      publisher.publish('OnSnapshotDeviceConf', snapshotDevice(agent.device), to);
      for (const call of agent.device.calls) this.calls.publish(SNAPSHOT_CALL, call, wholeCall(call), to);
      publisher.recovering = false;
    }
    publisher.publish('OnCTIOSFailure', this.system.current(), to);
    if (desktop.login !== undefined && !agent.loggedIn) await this.#loginAgain(desktop);
  }

  /** An agent nobody knew of: the calls at the phone have to be asked for. */
  async #lookAt(agent: ServerAgent): Promise<void> {
    const { device } = agent;
    if (device === undefined) return;
    await this.recovery.adopt((taker) => taker.device(agent.peripheralId, device.instrument));
  }

  // --- login, logout, state ---

  async #login(asking: Asking): Promise<RequestResult> {
    const subject = this.requests.agentOf(asking);
    if (subject === undefined) return this.requests.noAgent(asking);
    if (subject.agent?.loggedIn && this.#rejects(asking.args)) {
      return this.#refuseDesktop(
        asking,
        'CTIOS_AGENT_ALREADY_LOGGED_IN',
        `Login: agent ${subject.agentId} is logged in already.`,
        Failure.eAgentAlreadyLoggedIn,
      );
    }
    const result = await this.requests.send(
      asking,
      subjectOfAgent('Login', subject),
      agentRequests.Login!(subject, asking.args),
    );
    if (result.outcome !== 'confirmed' || subject.agentId === undefined) return result;
    const agent = this.context.world.agents.at(subject.peripheralId, subject.agentId);
    const desktop = this.#desktops.get(asking.from.clientId);
    if (desktop?.agent === agent && number(asking.args.AutoLogin) === 1) desktop.login = { ...asking.args };
    this.context.background(this.#afterLogin(agent, { client: asking.from.clientId }));
    return result;
  }

  async #afterLogin(agent: ServerAgent, to: { client: string }): Promise<void> {
    const { link, settings, publisher } = this.context;
    const subject: AgentSubject = { peripheralId: agent.peripheralId, agentId: agent.agentId, agent, call: undefined };
    await link
      .request(agentRequests.QueryAgentState!(subject, {}), settings.answerMs, (m) => {
        const conf = m as MessageOf<'QUERY_AGENT_STATE_CONF'>;
        this.agents.learn(agent, conf);
        publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, conf), to);
      })
      .catch(() => undefined);
    await this.#askDeskSettings(agent, to);
  }

  async #logout(asking: Asking): Promise<RequestResult> {
    const subject = this.requests.agentOf(asking);
    if (subject === undefined) return this.requests.noAgent(asking);
    return this.#orLogoutFailed(asking, subject, agentRequests.Logout!(subject, asking.args));
  }

  async #setAgentState(asking: Asking): Promise<RequestResult> {
    const subject = this.requests.agentOf(asking);
    if (subject === undefined) return this.requests.noAgent(asking);
    const message = agentRequests.SetAgentState!(subject, asking.args);
    if (number(asking.args.AgentState) === AgentState.AGENT_STATE_LOGOUT) {
      return this.#orLogoutFailed(asking, subject, message);
    }
    return this.requests.send(asking, subjectOfAgent('SetAgentState', subject), message);
  }

  /** A refused logout is told twice, as the guide has it: OnLogoutFailed, then OnControlFailureConf. */
  async #orLogoutFailed(
    asking: Asking,
    subject: AgentSubject,
    message: ReturnType<NonNullable<typeof agentRequests.Logout>>,
  ): Promise<RequestResult> {
    const result = await this.requests.send(asking, subjectOfAgent(asking.definition.name, subject), message);
    // An agent who logs out on purpose is not to be logged in again by itself.
    const desktop = this.#desktops.get(asking.from.clientId);
    if (result.outcome === 'confirmed' && desktop?.agent === subject.agent && desktop !== undefined) {
      desktop.login = undefined;
    }
    if (result.outcome === 'failed' && result.conf !== undefined) {
      this.context.publisher.publish('OnLogoutFailed', result.conf.args, { client: asking.from.clientId });
    }
    return result;
  }

  async #query(asking: Asking): Promise<RequestResult> {
    const subject = this.requests.agentOf(asking);
    if (subject === undefined) return this.requests.noAgent(asking);
    return this.requests.send<'QUERY_AGENT_STATE_CONF'>(
      asking,
      subjectOfAgent('QueryAgentState', subject),
      agentRequests.QueryAgentState!(subject, asking.args),
      {
        args: (m) => {
          const agentId = m.AgentID || subject.agentId;
          if (agentId === undefined) return {};
          const agent = this.context.world.agents.at(subject.peripheralId, agentId);
          this.agents.learn(agent, m);
          return this.agents.queried(agent, m);
        },
      },
    );
  }

  // --- desk settings ---

  async #askDeskSettings(agent: ServerAgent, to: { client: string }): Promise<void> {
    const { link, settings, publisher } = this.context;
    await link
      .request(
        { type: 'AGENT_DESK_SETTINGS_REQ', PeripheralID: agent.peripheralId, AgentID: agent.agentId },
        settings.answerMs,
        (m) => {
          const { type: _, InvokeID: __, unknown: ___, ...desk } = m as MessageOf<'AGENT_DESK_SETTINGS_CONF'>;
          agent.deskSettings = desk as DeskSettings;
          publisher.publish('OnAgentDeskSettingsConf', this.#deskSettings(agent, agent.deskSettings), to);
        },
      )
      // Without them the desktop has the plain buttons.
      .catch(() => undefined);
  }

  #deskSettings(agent: ServerAgent, desk: DeskSettings): Args {
    const args = whoAndWhere(agent);
    for (const [field, value] of Object.entries(desk)) if (value !== undefined) args[field] = value;
    const { settings } = this.context;
    const mask = desk.DeskSettingsMask;
    args.LogoutReasonRequired = (mask & DeskSettingsMask.DESK_LOGOUT_REASON_REQUIRED_MASK) !== 0;
    args.NotReadyReasonRequired = (mask & DeskSettingsMask.DESK_IDLE_REASON_REQUIRED_MASK) !== 0;
    args.LogoutReasonCodes = { ...settings.logoutReasonCodes };
    args.NotReadyReasonCodes = { ...settings.notReadyReasonCodes };
    args.IncomingWrapupStrings = Object.fromEntries(
      settings.incomingWrapupStrings.map((string, index) => [String(index + 1), string]),
    );
    args.IsSupervisor = agent.isSupervisor ? 1 : 0;
    return args;
  }
}

const SNAPSHOT_CALL = { event: 'OnSnapshotCallConf', monitored: 'OnMonitoredCallBegin' };
