/**
 * Restores a session after its connection was lost: compares the snapshot of the new connection with the known objects
 * (`reconciliation.ts`), and repeats the requests that the server no longer has. Also keeps the objects correct when
 * the application changes its filter.
 */
import type { Clock } from '../common/clock.js';
import type { Dispatcher } from './dispatcher.js';
import type { Agent } from './objects/agent.js';
import type { ObjectCache } from './objects/object-cache.js';
import { type Loss, OUT, ServerChangeReconciliation } from './reconciliation.js';
import { StandingRequests } from './requests/persistent-requests.js';
import type { PreparedRequest } from './requests/request-preparation.js';

export interface RestorationOptions {
  readonly clock: Clock;
  readonly cache: ObjectCache;
  readonly dispatcher: Dispatcher;
  /** Sends a request on behalf of the session. @param failed called if it was not confirmed */
  sendAgain(request: PreparedRequest, failed?: () => void): void;
}

export class Restoration {
  readonly #standing = new StandingRequests();
  /** The log-in to be repeated. */
  #login: PreparedRequest | undefined;
  #loss: Loss | undefined;
  /** The number of pending requests for another filter. The server ends each, and confirms them in order. */
  #refilterings = 0;
  /**
   * The state of repeated monitoring of an agent, until its calls have been received. They are not part of the own
   * agent's snapshot, which may be complete earlier: without this, monitored calls would end and begin again.
   */
  #monitoring: 'asked' | 'confirmed' | undefined;
  /** Set when the own agent's snapshot is complete, on the connection to this side. */
  #complete: 'A' | 'B' | undefined;

  constructor(private readonly options: RestorationOptions) {}

  /**
   * The gap begins with the first loss, even if further attempts fail. If the server fell silent, it begins when the
   * last message was received, because later ones may be missing.
   */
  lost(side: 'A' | 'B', heardAt = this.options.clock.now()): void {
    this.#loss ??= { at: heardAt, side };
    this.#drop();
  }

  /** Reconnected: the snapshot that follows is compared with the known objects. */
  begin(agent: Agent | undefined): void {
    if (this.#loss === undefined) return;
    this.options.dispatcher.reconciliation = new ServerChangeReconciliation(
      this.options.cache,
      this.#loss,
      agent?.uniqueObjectID,
    );
  }

  /** Another filter is requested while one is in effect: its snapshot shows what still matches, and what does not. */
  refilter(): void {
    if (this.#refilterings++ === 0) this.#awaitFilter();
  }

  #awaitFilter(): void {
    const loss = { at: this.options.clock.now(), side: 'A' } as const;
    this.options.dispatcher.reconciliation = new ServerChangeReconciliation(this.options.cache, loss, undefined);
  }

  /** The other filter was refused. */
  keepFilter(): void {
    if (this.#refilterings > 0 && --this.#refilterings === 0) this.#drop();
  }

  /** Another filter is in effect, but the server itself does not have all objects yet: they follow, and end it. */
  filterBeforeObjects(): void {
    if (this.#refilterings > 1) this.#refilterings--;
  }

  /** The system status ends the own agent's snapshot; in monitor mode, the confirmation of the mode ends it. */
  agentComplete(side: 'A' | 'B'): void {
    if (this.options.dispatcher.reconciliation?.agentIsComplete !== true) return;
    this.#complete = side;
    this.#finishIfComplete();
  }

  /** The server confirms the monitoring of an agent; that agent's calls follow, then the supervisor's buttons. */
  monitoringConfirmed(): void {
    if (this.#monitoring === 'asked') this.#monitoring = 'confirmed';
  }

  supervisorButtons(): void {
    if (this.#monitoring !== 'confirmed') return;
    this.#monitoring = undefined;
    this.#finishIfComplete();
  }

  #finishIfComplete(): void {
    if (this.#complete !== undefined && this.#monitoring === undefined) this.finish(this.#complete);
  }

  /** The snapshot is complete: reports the remaining differences, then the gap. */
  finish(side: 'A' | 'B'): void {
    const { dispatcher, clock } = this.options;
    const { reconciliation } = dispatcher;
    const refilterings = this.#refilterings;
    this.#drop();
    if (refilterings > 0) {
      // These calls continue, but their end will not be reported.
      reconciliation?.forgetUnseenCalls();
      this.#refilterings = refilterings - 1;
      if (this.#refilterings > 0) this.#awaitFilter();
      return;
    }
    this.#loss = undefined;
    for (const each of reconciliation?.finish(clock.now(), side) ?? []) dispatcher.raise(each);
  }

  /** Stores the requests to be repeated. */
  confirmed(request: PreparedRequest): void {
    this.#standing.confirmed(request);
    if (request.request === 'Login') this.#login = request.args.AutoLogin === true ? request : undefined;
    else if (request.request === 'Logout') this.#login = undefined;
  }

  /** The mode is in effect again: repeats the requests that the server has lost with the connection. */
  repeat(agent: Agent | undefined): void {
    if (this.#login !== undefined && OUT.has(agent?.properties().AgentState)) this.options.sendAgain(this.#login);
    for (const standing of this.#standing.all) {
      if (standing.request !== 'StartMonitoringAgent') this.options.sendAgain(standing);
      else {
        this.#monitoring = 'asked';
        this.options.sendAgain(standing, () => {
          this.#monitoring = undefined;
          this.#finishIfComplete();
        });
      }
    }
  }

  clear(): void {
    this.#drop();
    this.#standing.clear();
    this.#login = undefined;
    this.#loss = undefined;
  }

  #drop(): void {
    this.#refilterings = 0;
    this.#monitoring = undefined;
    this.#complete = undefined;
    this.options.dispatcher.reconciliation = undefined;
  }
}
