/**
 * Agent-mode clients: which agent each of them has (SetAgent), what it sees when it starts, and what its buttons are while
 * the system is away.
 */

import { type Args, constants, enums, events } from '../../../ctios/index.js';
import type { MessageOf } from '../../../ged188/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { Desktop } from '../../model/desktop-registry.js';
import type { Device, ServerAgent } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import { agentRequestTranslations } from '../../translation/agent-requests.js';
import { wholeCall } from '../../translation/call-events.js';
import { numberArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import { enablementMask, OFFLINE_MASK } from '../core/button-enablement.js';
import type { Context } from '../core/context.js';
import { snapshotDevice } from '../recovery/reconciliation.js';
import type { Recovery } from '../recovery/recovery.js';
import { authenticationFailure } from '../requests/agent-authentication.js';
import { type RequestContext, type Requests, subjectOfAgent } from '../requests/request-dispatcher.js';
import type { AgentTracker } from '../tracking/agent-tracker.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import type { SystemState } from '../tracking/system-status.js';
import { DeskSettingsOfAgents } from './desk-settings.js';
import { refuseDesktop, tellFailure } from './desktop-refusals.js';
import { Logins } from './logins.js';
import { OrphanedAgents } from './orphaned-agents.js';

const Failure = constants(enums.CTIOSFailureCode);

export class Desktops {
  readonly #deskSettings: DeskSettingsOfAgents;
  readonly #logins: Logins;
  readonly #vanished: OrphanedAgents;
  #temporaryIds = 0;

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly agents: AgentTracker,
    private readonly calls: CallTracker,
    private readonly system: SystemState,
    private readonly recovery: Recovery,
  ) {
    requests.add('SetAgent', (request) => this.#setAgent(request));
    this.#deskSettings = new DeskSettingsOfAgents(context);
    this.#logins = new Logins(context, requests, agents, this.#deskSettings, (agent) => this.moved(agent));
    const count = (agent: ServerAgent | undefined) => (agent === undefined ? 0 : context.desktops.of(agent).size);
    this.#vanished = new OrphanedAgents(
      context,
      (agent) => count(agent) > 0,
      (agent) => this.#logins.forceLogout(agent),
    );
    context.peers.answer('CountDesktops', ({ PeripheralID, AgentID }) => ({
      Desktops: count(context.world.agents.find(PeripheralID, AgentID)),
    }));
  }

  release(clientId: string, how: 'closed' | 'lost'): void {
    const { settings, desktops } = this.context;
    const desktop = desktops.delete(clientId);
    if (desktop === undefined) return;
    if (how !== 'lost' || !settings.forceLogoutOnSessionClose || !desktop.agent.loggedIn) return;
    // Another desktop of the same agent is still there: nobody vanished.
    if (desktops.of(desktop.agent).size > 0) return;
    this.#vanished.vanished(desktop.agent);
  }

  /** The objects are right again after a gap: who was to stay logged in is logged in again. */
  recovered(): void {
    for (const desktop of this.context.desktops) {
      if (desktop.login !== undefined && !desktop.agent.loggedIn)
        this.context.background(this.#logins.loginAgain(desktop));
    }
  }

  /**
   * No event of an agent says that the system, or the phone, has gone and is back: desktops are told what their buttons
   * are, nothing at all or what the state of agent and call allows.
   */
  tellButtons(): void {
    const { publisher, buttons, desktops } = this.context;
    for (const desktop of desktops) {
      const { agent, clientId } = desktop;
      const disabled = !this.system.serves(agent.peripheralId) || agent.device?.inService === false;
      if (disabled === desktop.disabled) continue;
      desktop.disabled = disabled;
      const mask = disabled ? OFFLINE_MASK : enablementMask(agent, currentCallOf(agent.device), buttons);
      const args: Args = { EnablementMask: mask, UniqueObjectID: agent.id, MessageID: events.OnCTIOSFailure.eventId };
      publisher.publish('OnButtonEnablementChange', args, { client: clientId });
    }
  }

  // --- SetAgent ---

  async #setAgent(request: RequestContext): Promise<RequestResult> {
    const { from, args } = request;
    const { publisher } = this.context;
    const subject = this.requests.agentOf({ ...request, from: { ...from, agent: undefined } });
    if (subject === undefined || subject.agentId === undefined) {
      return refusal({ request: 'SetAgent' }, 'CTIOS_MISSING_ARGUMENT', 'SetAgent: AgentID is missing.');
    }
    const { peripheralId, agentId } = subject;
    const refused = await authenticationFailure(request, subject);
    if (refused !== undefined) {
      tellFailure(publisher, from, Failure.eInvalidPriviledge, refused.failure!.message);
      return refused;
    }
    const wasKnown = subject.agent?.loggedIn ?? false;
    const result = await this.requests.send<'QUERY_AGENT_STATE_CONF'>(
      // The end comes with OnSetAgentModeEvent, below, in its place behind OnQueryAgentStateConf.
      { ...request, end: () => {} },
      subjectOfAgent('SetAgent', subject),
      agentRequestTranslations.QueryAgentState!(subject, {}),
      {
        after: (m) => {
          const agent = this.context.world.agents.at(peripheralId, agentId);
          this.agents.learn(agent, m);
          agent.told = true;
          if (agent.loggedIn && this.#logins.rejects(args)) return;
          this.#take(request, agent, m, wasKnown);
        },
      },
    );
    if (result.outcome !== 'confirmed') {
      tellFailure(publisher, from, Failure.eInconsistentAgentData, result.failure!.message);
      return result;
    }
    const desktop = this.context.desktops.byClient(from.clientId);
    if (desktop === undefined) {
      return refuseDesktop(
        publisher,
        request,
        'CTIOS_AGENT_ALREADY_LOGGED_IN',
        `SetAgent: agent ${agentId} is logged in already.`,
        Failure.eAgentAlreadyLoggedIn,
      );
    }
    this.context.background(this.#introduce(desktop, wasKnown));
    return { outcome: 'confirmed' };
  }

  /** The client has its agent: OnQueryAgentStateConf, then OnSetAgentModeEvent, which ends the request. */
  #take(request: RequestContext, agent: ServerAgent, m: MessageOf<'QUERY_AGENT_STATE_CONF'>, wasKnown: boolean): void {
    const { from, args } = request;
    const { publisher } = this.context;
    publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, m), { client: from.clientId });
    const automatic = numberArgument(args.AutoLogin) === 1;
    const desktop: Desktop = {
      clientId: from.clientId,
      agent,
      login: automatic ? { ...args } : undefined,
      disabled: false,
      phone: undefined,
    };
    this.context.desktops.add(desktop);
    request.end({
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
    // At once: from here on the desktop is told what happens to these calls.
    if (wasKnown && agent.loggedIn && agent.device !== undefined) this.#showPhone(desktop, agent.device);
  }

  /** What a desktop sees after that: desk settings, the calls at a phone that nobody knew of, the state of the system. */
  async #introduce(desktop: Desktop, wasKnown: boolean): Promise<void> {
    const { agent, clientId } = desktop;
    const to = { client: clientId };
    await this.#deskSettings.ask(agent, to);
    if (agent.loggedIn && !wasKnown && agent.device !== undefined) await this.#lookAt(agent);
    if (this.context.desktops.byClient(clientId) !== desktop) return;
    const { publisher } = this.context;
    if (agent.loggedIn && !wasKnown && agent.device !== undefined) this.#showPhone(desktop, agent.device);
    publisher.publish('OnCTIOSFailure', this.system.current(), to);
    if (desktop.login !== undefined && !agent.loggedIn) await this.#logins.loginAgain(desktop);
  }

  /**
   * An agent has logged in or out, or sits elsewhere now. Calls may be at the phone already, whose beginning its desktops
   * have not been told of.
   */
  moved(agent: ServerAgent): void {
    for (const desktop of this.context.desktops.of(agent)) {
      const phone = agent.loggedIn ? agent.device : undefined;
      if (phone === desktop.phone) continue;
      desktop.phone = phone;
      if (phone !== undefined && phone.calls.size > 0) this.#showPhone(desktop, phone);
    }
  }

  /** The phone and its calls, as they are now. */
  #showPhone(desktop: Desktop, phone: Device): void {
    const { publisher } = this.context;
    const to = { client: desktop.clientId };
    desktop.phone = phone;
    publisher.recovered(() => {
      publisher.publish('OnSnapshotDeviceConf', snapshotDevice(phone), to);
      for (const call of phone.calls) this.calls.publish(SNAPSHOT_CALL, call, wholeCall(call), to);
    });
  }

  /** An agent nobody knew of: the calls at the phone have to be asked for. */
  async #lookAt(agent: ServerAgent): Promise<void> {
    const { device } = agent;
    if (device === undefined) return;
    await this.recovery.small.adopt((taker) => taker.device(agent.peripheralId, device.instrument));
  }
}

const SNAPSHOT_CALL = { event: 'OnSnapshotCallConf', monitored: 'OnMonitoredCallBegin' };
