/**
 * The object server: one link to a CTI Server below, any number of client sessions above. This file only connects the
 * parts; each part documents itself.
 */

import type { Clock } from '../../common/clock.js';
import type { Args } from '../../ctios/index.js';
import type { LinkStatus } from '../../ctios/transport.js';
import { AgentState, type Message, type MessageInit, type MessageName, type MessageOf } from '../../ged188/index.js';
import { DesktopRegistry } from '../model/desktop-registry.js';
import { World } from '../model/world.js';
import type {
  ObjectServer,
  ObjectServerRequester,
  Publication,
  RequestResult,
  ServerSystemStatus,
} from '../object-server.js';
import { noPeers, type Peers } from '../peers/requests/peers-api.js';
import { defaultSettings, type ObjectServerSettings } from '../settings.js';
import { type CtiLink, type LinkOwner, LinkRequestError } from '../southbound/link-api.js';
import { linkStatus } from '../southbound/link-status.js';
import { statusOf } from '../southbound/pending-requests.js';
import type { ButtonRules } from './core/button-enablement.js';
import { ButtonUpdates } from './core/button-updates.js';
import type { Context } from './core/context.js';
import { MessageOrder } from './core/message-order.js';
import { Publisher } from './core/publisher.js';
import { DesktopSettings } from './desktops/desktop-settings.js';
import { Desktops } from './desktops/desktops.js';
import { Chat } from './messaging/chat.js';
import { SilentMonitoring } from './messaging/desktop-silent-monitor.js';
import { RemoteSilentMonitor } from './messaging/remote-silent-monitor.js';
import { initialSnapshot } from './recovery/initial-snapshot.js';
import { Recovery } from './recovery/recovery.js';
import { CallSnapshot } from './recovery/snapshot-request.js';
import { Requests } from './requests/request-dispatcher.js';
import { Statistics } from './statistics/statistics.js';
import { Supervision } from './supervision/supervision.js';
import { UnifiedCmSilentMonitor } from './supervision/unified-cm-silent-monitor.js';
import { AgentTracker, type AgentWatcher } from './tracking/agent-tracker.js';
import { CallTracker, type CallWatcher } from './tracking/call-tracker.js';
import { ConfigurationUpload } from './tracking/configuration.js';
import { RelayedEvents } from './tracking/relayed-events.js';
import { SystemState } from './tracking/system-status.js';
import { TeamTracker, type TeamWatcher } from './tracking/team-tracker.js';

export interface ObjectServerOptions {
  link: CtiLink;
  clock: Clock;
  settings?: Partial<ObjectServerSettings>;
  /** The other servers of a pair. @default none */
  peers?: Peers;
}

/** The link is not started here: its creator starts and stops it. */
export function createObjectServer({ link, clock, settings, peers = noPeers }: ObjectServerOptions): ObjectServer {
  return new Server(link, clock, { ...defaultSettings, ...settings }, peers);
}

class Server implements ObjectServer {
  readonly #context: Context;
  readonly #calls: CallTracker;
  readonly #agents: AgentTracker;
  readonly #relayed: RelayedEvents;
  readonly #system: SystemState;
  readonly #configuration: ConfigurationUpload;
  readonly #recovery: Recovery;
  readonly #requests: Requests;
  readonly #desktops: Desktops;
  readonly #teams: TeamTracker;
  readonly #statistics: Statistics;
  readonly #supervision: Supervision;
  readonly #listening: UnifiedCmSilentMonitor;
  readonly #silent: SilentMonitoring;

  constructor(link: CtiLink, clock: Clock, settings: ObjectServerSettings, peers: Peers) {
    const publisher = new Publisher();
    const desktops = new DesktopRegistry();
    const buttons: ButtonRules = {
      switchCapabilityMask: settings.switchCapabilityMask,
      recordingEnabled: settings.recordingEnabled,
      multipleConferenceControllers: settings.multipleConferenceControllers,
      unifiedCce: settings.unifiedCce,
    };
    const context: Context = {
      link,
      clock,
      peers,
      settings,
      world: new World(),
      desktops,
      publisher,
      buttons,
      staleButtons: new ButtonUpdates(publisher, buttons, desktops),
      order: new MessageOrder(),
      ask: <N extends MessageName>(
        message: MessageInit,
        answerMs: number,
        ended: (conf: MessageOf<N> | undefined, error?: LinkRequestError) => void,
      ) =>
        link.request(message, answerMs, (answer) => {
          try {
            if (answer instanceof LinkRequestError) ended(undefined, answer);
            else ended(answer as MessageOf<N>);
          } catch (error) {
            this.#report(error);
          }
        }),
      background: (task) => {
        task.catch((error: unknown) => this.#report(error));
      },
    };
    this.#context = context;
    // Each tracker receives its observer, which refers to parts created later: no event arrives before all of them exist.
    this.#calls = new CallTracker(context, this.#callWatcher());
    this.#agents = new AgentTracker(context, this.#agentWatcher());
    this.#teams = new TeamTracker(context, this.#teamWatcher());
    this.#relayed = new RelayedEvents(context);
    this.#system = new SystemState(
      context,
      () => this.#recovery.complete,
      () => this.#configuration.incomplete,
    );
    this.#configuration = new ConfigurationUpload(context, () => {
      this.#recovery.latecomers();
      this.#system.tellCurrent();
    });
    this.#requests = new Requests(context);
    this.#recovery = new Recovery(context, this.#calls, this.#agents, this.#configuration, {
      apply: (message) => this.#applyHeld(message),
      recovered: () => {
        this.#system.tellCurrent();
        this.#desktops.recovered();
        this.#desktops.tellButtons();
      },
    });
    this.#desktops = new Desktops(context, this.#requests, this.#agents, this.#calls, this.#system, this.#recovery);
    this.#statistics = new Statistics(context, this.#requests);
    this.#silent = new SilentMonitoring(context, this.#requests, new RemoteSilentMonitor(context));
    this.#listening = new UnifiedCmSilentMonitor(context, (target) => this.#supervision.listenersChanged(target));
    this.#supervision = new Supervision(context, this.#requests, this.#teams, this.#calls, this.#listening);
    new Chat(context, this.#requests);
    new DesktopSettings(context, this.#requests);
    new CallSnapshot(this.#requests, this.#calls);
    link.listen(this.#linkOwner());
  }

  // --- consequences of an object's changes, besides the events for clients ---

  #callWatcher(): CallWatcher {
    return {
      callEvent: ({ monitored }, args, call) => {
        this.#supervision.callEvent(monitored, args, call);
        this.#listening.callEvent(call);
        this.#silent.callEvent(call);
      },
      callEnded: (call, device) => {
        this.#listening.callEnded(call);
        this.#supervision.callEnded(call);
        if (device?.agent !== undefined) this.#statistics.callEnded(device.agent);
      },
      renamed: (old, call) => {
        this.#listening.renamed(old, call);
        this.#supervision.renamed(old, call);
      },
      unknownCall: (call) => this.#recovery.small.adopt((taker) => taker.call(call, call.device?.instrument)),
    };
  }

  #agentWatcher(): AgentWatcher {
    return {
      stateChanged: (agent, args, previous) => {
        const device = agent.loggedIn ? agent.device : undefined;
        if (device !== agent.lastDevice) {
          agent.lastDevice = device;
          this.#desktops.moved(agent);
          this.#recovery.small.seated(agent);
        }
        this.#supervision.stateChanged(agent, args);
        this.#silent.stateChanged(agent);
        if (isWork(previous) && !isWork(agent.state)) this.#statistics.stateChanged(agent);
      },
      named: (agent, args) => this.#supervision.named(agent, args),
      precall: (_, monitored, args, agent) => this.#supervision.precall(monitored, args, agent),
    };
  }

  #teamWatcher(): TeamWatcher {
    return {
      unknownAgent: (agent) => this.#recovery.unknownAgent(agent),
      memberJoined: (team, agentId) => this.#supervision.memberJoined(team, agentId),
      memberLeft: () => this.#supervision.memberLeft(),
    };
  }

  #linkOwner(): LinkOwner {
    return {
      up: (up) => {
        this.#system.linkUp(up);
        this.#recovery.linkUp(up);
        this.#statistics.linkUp();
        this.#desktops.tellButtons();
      },
      down: (down) => {
        this.#system.linkDown(down);
        this.#recovery.linkDown(down);
        this.#statistics.linkDown();
        this.#desktops.tellButtons();
      },
      message: (message) => this.#receive(message),
    };
  }

  /** A message that cannot be processed must not take down the link or the process. */
  #receive(message: Message): void {
    try {
      if (this.#recovery.defers(message)) return;
      this.#apply(message);
      this.#context.staleButtons.flush();
    } catch (error) {
      this.#report(error);
    }
  }

  /** The same for a message that waited for a snapshot: the ones behind it are still processed. */
  #applyHeld(message: Message): void {
    try {
      this.#apply(message);
    } catch (error) {
      this.#report(error);
    }
  }

  /** A bug here or in a listener: reported to every client. */
  #report(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#system.internalError(`The object server failed to process a message: ${reason}`);
  }

  #apply(m: Message): void {
    switch (m.type) {
      case 'BEGIN_CALL_EVENT':
      case 'END_CALL_EVENT':
      case 'CALL_DATA_UPDATE_EVENT':
      case 'CALL_DELIVERED_EVENT':
      case 'CALL_ESTABLISHED_EVENT':
      case 'CALL_HELD_EVENT':
      case 'CALL_RETRIEVED_EVENT':
      case 'CALL_CLEARED_EVENT':
      case 'CALL_CONNECTION_CLEARED_EVENT':
      case 'CALL_ORIGINATED_EVENT':
      case 'CALL_FAILED_EVENT':
      case 'CALL_CONFERENCED_EVENT':
      case 'CALL_TRANSFERRED_EVENT':
      case 'CALL_DIVERTED_EVENT':
      case 'CALL_SERVICE_INITIATED_EVENT':
      case 'CALL_QUEUED_EVENT':
      case 'CALL_DEQUEUED_EVENT':
      case 'CALL_REACHED_NETWORK_EVENT':
        this.#calls.handle(m);
        this.#recovery.small.note(m);
        break;
      case 'AGENT_STATE_EVENT':
        this.#agents.stateEvent(m);
        break;
      case 'CALL_TRANSLATION_ROUTE_EVENT':
        this.#agents.translationRoute(m);
        break;
      case 'AGENT_PRE_CALL_EVENT':
        this.#agents.precall(m);
        break;
      case 'AGENT_PRE_CALL_ABORT_EVENT':
        this.#agents.precallAbort(m);
        break;
      case 'AGENT_TEAM_CONFIG_EVENT':
        this.#teams.configured(m);
        break;
      case 'RTP_STARTED_EVENT':
      case 'RTP_STOPPED_EVENT':
        this.#relayed.rtp(m);
        break;
      case 'NETWORK_RECORDING_STARTED_EVENT':
      case 'NETWORK_RECORDING_ENDED_EVENT':
      case 'NETWORK_RECORDING_FAILED_EVENT':
      case 'NETWORK_RECORDING_TARGET_INFO_EVENT':
        this.#relayed.networkRecording(m);
        break;
      case 'EMERGENCY_CALL_EVENT':
        this.#relayed.emergency(m);
        break;
      case 'SYSTEM_EVENT':
        this.#systemEvent(m);
        break;
      case 'FAILURE_EVENT':
        this.#system.failure(m.Status);
        break;
      case 'FAILURE_CONF':
        this.#system.failure(statusOf(m));
        break;
      case 'CONFIG_BEGIN_EVENT':
        this.#configuration.begin(m);
        break;
      case 'CONFIG_END_EVENT':
        this.#configuration.end(m);
        break;
      case 'CONFIG_AGENT_EVENT':
        this.#configuration.heard();
        this.#agents.configured(m, this.#context.settings.peripheralId);
        break;
      case 'CONFIG_AGENT_SERVICE_EVENT':
        this.#agents.configuredServices(m);
        break;
      case 'CONFIG_SKILL_GROUP_EVENT':
        this.#configuration.heard();
        this.#agents.configuredSkillGroups(m, this.#context.settings.peripheralId);
        break;
    }
  }

  #systemEvent(m: MessageOf<'SYSTEM_EVENT'>): void {
    const { away, back } = this.#system.systemEvent(m);
    for (const peripheralId of away) this.#recovery.peripheralAway(peripheralId);
    if (back !== undefined) this.#recovery.peripheralBack(back);
    this.#desktops.tellButtons();
  }

  // --- ObjectServer ---

  subscribe(listener: (publication: Publication) => void): () => void {
    return this.#context.publisher.subscribe(listener);
  }

  request(
    from: ObjectServerRequester,
    request: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended: (result: RequestResult) => void,
  ): void {
    this.#requests.run(from, request, target, args, answerMs, ended);
  }

  snapshot(): Iterable<Publication> {
    return initialSnapshot(this.#context.world, this.#agents, this.#calls, this.#teams);
  }

  release(clientId: string, how: 'closed' | 'lost' = 'closed'): void {
    this.#supervision.release(clientId);
    this.#silent.release(clientId);
    this.#statistics.release(clientId);
    this.#desktops.release(clientId, how);
  }

  stop(): void {
    this.#statistics.linkDown();
    this.#configuration.abort();
  }

  link(): LinkStatus {
    return linkStatus(this.#context.link.info);
  }

  status(): ServerSystemStatus {
    return this.#system.status();
  }
}

function isWork(state: number): boolean {
  return state === AgentState.AGENT_STATE_WORK_READY || state === AgentState.AGENT_STATE_WORK_NOT_READY;
}
