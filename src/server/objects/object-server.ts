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
import type { ButtonRules } from './core/button-enablement.js';
import { ButtonUpdates } from './core/button-updates.js';
import type { Context } from './core/context.js';
import { MessageOrder } from './core/message-order.js';
import { Publisher } from './core/publisher.js';
import { DesktopSettings } from './desktops/desktop-settings.js';
import { Desktops } from './desktops/desktops.js';
import { MessageDispatcher } from './message-dispatcher.js';
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
  readonly #messages: MessageDispatcher;
  readonly #calls: CallTracker;
  readonly #agents: AgentTracker;
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
      buttonUpdates: new ButtonUpdates(publisher, buttons, desktops),
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
    this.#messages = new MessageDispatcher({
      peripheralId: settings.peripheralId,
      calls: this.#calls,
      agents: this.#agents,
      teams: this.#teams,
      relayed: new RelayedEvents(context),
      system: this.#system,
      configuration: this.#configuration,
      recovery: this.#recovery,
      desktops: this.#desktops,
    });
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
      this.#messages.apply(message);
      this.#context.buttonUpdates.flush();
    } catch (error) {
      this.#report(error);
    }
  }

  /** The same for a message that waited for a snapshot: the ones behind it are still processed. */
  #applyHeld(message: Message): void {
    try {
      this.#messages.apply(message);
    } catch (error) {
      this.#report(error);
    }
  }

  /** A bug here or in a listener: reported to every client. */
  #report(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#system.internalError(`The object server failed to process a message: ${reason}`);
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
