/**
 * Agent-mode clients: which agent each of them has (SetAgent), what it receives at the start, and its buttons while the
 * system is down.
 */

import { type Args, constants, enums, events } from '../../../ctios/index.js';
import type { MessageOf } from '../../../ged188/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { Desktop } from '../../model/desktop-registry.js';
import type { Device, ServerAgent } from '../../model/entities.js';
import { type AgentSubject, agentRequestTranslations } from '../../translation/agent-requests.js';
import { wholeCall } from '../../translation/call-events.js';
import { numberArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import { enablementMask, OFFLINE_MASK } from '../core/button-enablement.js';
import type { Context } from '../core/context.js';
import { snapshotDevice } from '../recovery/reconciliation.js';
import type { Recovery } from '../recovery/recovery.js';
import { authenticateAgent } from '../requests/agent-authentication.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import { subjectOfAgent } from '../requests/request-results.js';
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
    // Another desktop of the same agent is still connected, so the agent is not orphaned.
    if (desktops.of(desktop.agent).size > 0) return;
    this.#vanished.vanished(desktop.agent);
  }

  /** The objects are correct again after a gap: agents who should have stayed logged in are logged in again. */
  recovered(): void {
    for (const desktop of this.context.desktops) {
      if (desktop.login !== undefined && !desktop.agent.loggedIn) this.#logins.loginAgain(desktop);
    }
  }

  /**
   * No event of an agent reports that the system, or the phone, is down or up again: desktops receive their button
   * masks, which are empty or what the state of agent and call allows.
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

  #setAgent(request: RequestContext): void {
    const { from, args, target } = request;
    const { publisher } = this.context;
    const subject = this.requests.agentOf({ args, target, from: { ...from, agent: undefined } });
    if (subject === undefined || subject.agentId === undefined) {
      request.respond(refusal({ request: 'SetAgent' }, 'CTIOS_MISSING_ARGUMENT', 'SetAgent: AgentID is missing.'));
      return;
    }
    const named = { ...subject, agentId: subject.agentId };
    authenticateAgent(
      request,
      subject,
      () => this.#setProven(request, named),
      ({ message }) => tellFailure(publisher, from, Failure.eInvalidPriviledge, message),
    );
  }

  #setProven(request: RequestContext, subject: AgentSubject & { readonly agentId: string }): void {
    const { from, args } = request;
    const { publisher } = this.context;
    const { peripheralId, agentId } = subject;
    const wasKnown = subject.agent?.loggedIn ?? false;
    this.requests.ask<'QUERY_AGENT_STATE_CONF'>(
      request,
      subjectOfAgent('SetAgent', subject),
      agentRequestTranslations.QueryAgentState!(subject, {}),
      (m) => {
        const agent = this.context.world.agents.at(peripheralId, agentId);
        this.agents.learn(agent, m);
        agent.told = true;
        if (agent.loggedIn && this.#logins.rejects(args)) {
          const why = `SetAgent: agent ${agentId} is logged in already.`;
          refuseDesktop(publisher, request, 'CTIOS_AGENT_ALREADY_LOGGED_IN', why, Failure.eAgentAlreadyLoggedIn);
        } else this.#introduce(this.#take(request, agent, m, wasKnown), wasKnown);
      },
      ({ failure }) => tellFailure(publisher, from, Failure.eInconsistentAgentData, failure!.message),
    );
  }

  /** The client has its agent: OnQueryAgentStateConf, then OnSetAgentModeEvent, which ends the request. */
  #take(
    request: RequestContext,
    agent: ServerAgent,
    m: MessageOf<'QUERY_AGENT_STATE_CONF'>,
    wasKnown: boolean,
  ): Desktop {
    const { from, args } = request;
    const { publisher } = this.context;
    publisher.publish('OnQueryAgentStateConf', this.agents.queried(agent, m, from.clientId), {
      client: from.clientId,
    });
    const automatic = numberArgument(args.AutoLogin) === 1;
    const desktop: Desktop = {
      clientId: from.clientId,
      agent,
      login: automatic ? { ...args } : undefined,
      disabled: false,
      phone: undefined,
    };
    this.context.desktops.add(desktop);
    request.respond({
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
    // Immediately: from now on the desktop receives events of these calls.
    if (wasKnown && agent.loggedIn && agent.device !== undefined) this.#showPhone(desktop, agent.device);
    return desktop;
  }

  /**
   * What a desktop receives after that: desk settings, calls at a phone that was not known, the state of the system.
   */
  #introduce(desktop: Desktop, wasKnown: boolean): void {
    const { agent } = desktop;
    this.#deskSettings.ask(agent, { client: desktop.clientId }, () => {
      // A previously unknown agent: the calls at the phone must be queried.
      const { device } = agent;
      if (!agent.loggedIn || wasKnown || device === undefined) this.#introduced(desktop, wasKnown);
      else
        this.recovery.small.adopt(
          (taker) => taker.device(agent.peripheralId, device.instrument),
          () => this.#introduced(desktop, wasKnown),
        );
    });
  }

  #introduced(desktop: Desktop, wasKnown: boolean): void {
    const { agent, clientId } = desktop;
    if (this.context.desktops.byClient(clientId) !== desktop) return;
    if (agent.loggedIn && !wasKnown && agent.device !== undefined) this.#showPhone(desktop, agent.device);
    this.context.publisher.publish('OnCTIOSFailure', this.system.current(), { client: clientId });
    if (desktop.login !== undefined && !agent.loggedIn) this.#logins.loginAgain(desktop);
  }

  /**
   * An agent has logged in or out, or has moved to another phone. There may be calls at the phone whose beginning its
   * desktops have not received.
   */
  moved(agent: ServerAgent): void {
    for (const desktop of this.context.desktops.of(agent)) {
      const phone = agent.loggedIn ? agent.device : undefined;
      if (phone === desktop.phone) continue;
      desktop.phone = phone;
      if (phone !== undefined && phone.calls.size > 0) this.#showPhone(desktop, phone);
    }
  }

  /** The phone and its calls, in their current state. */
  #showPhone(desktop: Desktop, phone: Device): void {
    const { publisher } = this.context;
    const to = { client: desktop.clientId };
    desktop.phone = phone;
    publisher.recovered(() => {
      publisher.publish('OnSnapshotDeviceConf', snapshotDevice(phone), to);
      for (const call of phone.calls) this.calls.publish(SNAPSHOT_CALL, call, wholeCall(call), to);
    });
  }
}

const SNAPSHOT_CALL = { event: 'OnSnapshotCallConf', monitored: 'OnMonitoredCallBegin' };
