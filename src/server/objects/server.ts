/**
 * The object server: one link to a CTI Server below, any number of client sessions above. This file only joins the
 * parts; each of them says what it does.
 */
import type { Clock } from '../../common/clock.js';
import type { Args } from '../../ctios/index.js';
import type { Message } from '../../ged188/index.js';
import type { ObjectServer, Publication, Requester, RequestResult, SystemStatus } from '../object-server.js';
import { defaultSettings, type ObjectServerSettings } from '../settings.js';
import type { CtiLink } from '../southbound/link-api.js';
import { statusOf } from '../southbound/pending-requests.js';
import { AgentTracker } from './agent-tracker.js';
import { CallTracker } from './call-tracker.js';
import { ConfigurationUpload } from './configuration.js';
import type { Context } from './context.js';
import { Desktops } from './desktops.js';
import { greeting } from './greeting.js';
import { Publisher } from './publisher.js';
import { Recovery } from './recovery.js';
import { Requests } from './requests.js';
import { SystemState } from './system-status.js';
import { World } from './world.js';

export interface ObjectServerOptions {
  link: CtiLink;
  clock: Clock;
  settings?: Partial<ObjectServerSettings>;
}

/** The link is not started here: whoever made it starts and stops it. */
export function createObjectServer({ link, clock, settings }: ObjectServerOptions): ObjectServer {
  return new Server(link, clock, { ...defaultSettings, ...settings });
}

class Server implements ObjectServer {
  readonly #context: Context;
  readonly #calls: CallTracker;
  readonly #agents: AgentTracker;
  readonly #system: SystemState;
  readonly #configuration: ConfigurationUpload;
  readonly #recovery: Recovery;
  readonly #requests: Requests;
  readonly #desktops: Desktops;

  constructor(link: CtiLink, clock: Clock, settings: ObjectServerSettings) {
    const context: Context = {
      link,
      clock,
      settings,
      world: new World(),
      publisher: new Publisher(),
      buttons: {
        switchCapabilityMask: settings.switchCapabilityMask,
        recordingEnabled: settings.recordingEnabled,
        multipleConferenceControllers: settings.multipleConferenceControllers,
        unifiedCce: settings.unifiedCce,
      },
    };
    this.#context = context;
    this.#calls = new CallTracker(context);
    this.#agents = new AgentTracker(context);
    this.#system = new SystemState(context);
    this.#configuration = new ConfigurationUpload(context);
    this.#requests = new Requests(context);
    this.#recovery = new Recovery(context, this.#calls, this.#agents, this.#configuration, {
      apply: (message) => this.#apply(message),
      recovered: () => this.#desktops.recovered(),
    });
    this.#desktops = new Desktops(context, this.#requests, this.#agents, this.#calls, this.#system, this.#recovery);
    this.#calls.watcher = {
      callEvent() {},
      callEnded() {},
      strayCall: (call) => void this.#recovery.adopt((taker) => taker.call(call, call.device?.instrument)),
    };
    this.#listen(link);
  }

  #listen(link: CtiLink): void {
    link.onUp = (up) => {
      this.#system.linkUp(up);
      this.#recovery.linkUp(up);
    };
    link.onDown = (down) => {
      this.#system.linkDown(down);
      this.#recovery.linkDown(down);
    };
    link.onMessage = (message) => {
      if (!this.#recovery.holds(message)) this.#apply(message);
    };
    if (link.up !== undefined) link.onUp(link.up);
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
      case 'SYSTEM_EVENT': {
        const back = this.#system.systemEvent(m);
        if (back !== undefined) this.#recovery.peripheralBack(back);
        break;
      }
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
      case 'CONFIG_SKILL_GROUP_EVENT':
        this.#configuration.heard();
        this.#agents.configuredSkillGroups(m, this.#context.settings.peripheralId);
        break;
    }
  }

  // --- ObjectServer ---

  subscribe(listener: (publication: Publication) => void): () => void {
    return this.#context.publisher.subscribe(listener);
  }

  request(
    from: Requester,
    request: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended?: (result: RequestResult) => void,
  ): Promise<RequestResult> {
    return this.#requests.run(from, request, target, args, answerMs, ended);
  }

  snapshot(): Iterable<Publication> {
    return greeting(this.#context.world, this.#agents, this.#calls);
  }

  release(clientId: string, how: 'closed' | 'lost' = 'closed'): void {
    this.#desktops.release(clientId, how);
  }

  status(): SystemStatus {
    return this.#system.status();
  }
}
