/**
 * What makes a session whole again after its connection was lost: the snapshot of the new connection is compared with
 * what was known (`reconciliation.ts`), and what the server has forgotten is asked for again. Also what keeps the
 * objects right when the application changes its filter.
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
  /** Sends a request on the session's own account; what becomes of it is not this part's business. */
  sendAgain(request: PreparedRequest): void;
}

export class Restoration {
  readonly #standing = new StandingRequests();
  /** The log-in that asked to be repeated. */
  #login: PreparedRequest | undefined;
  #loss: Loss | undefined;
  #refiltering = false;

  constructor(private readonly options: RestorationOptions) {}

  /**
   * The gap begins with the first loss, however often the way back is lost too; where the server fell silent, when it
   * was last heard, for that is when the missing began.
   */
  lost(side: 'A' | 'B', heardAt = this.options.clock.now()): void {
    this.#loss ??= { at: heardAt, side };
    this.#drop();
  }

  /** Connected again: what comes now is compared with what was known. */
  begin(agent: Agent | undefined): void {
    if (this.#loss === undefined) return;
    this.options.dispatcher.reconciliation = new ServerChangeReconciliation(
      this.options.cache,
      this.#loss,
      agent?.uniqueObjectID,
    );
  }

  /** Another filter is asked for while one is in force: its snapshot tells what is known already, and what is left over. */
  refilter(): void {
    this.#refiltering = true;
    const loss = { at: this.options.clock.now(), side: 'A' } as const;
    this.options.dispatcher.reconciliation = new ServerChangeReconciliation(this.options.cache, loss, undefined);
  }

  /** The other filter was refused. */
  keepFilter(): void {
    if (this.#refiltering) this.#drop();
  }

  /** The agent's snapshot is complete; of a monitor the confirmation of its mode tells that. */
  get agentIsComplete(): boolean {
    return this.options.dispatcher.reconciliation?.agentIsComplete === true;
  }

  /** The snapshot is complete: the differences that are left are told, then how much was missed. */
  finish(side: 'A' | 'B'): void {
    const { dispatcher, clock } = this.options;
    const { reconciliation } = dispatcher;
    const refiltering = this.#refiltering;
    this.#drop();
    if (refiltering) {
      // Their calls go on, but nobody will tell how they end.
      reconciliation?.forgetUnseenCalls();
      return;
    }
    this.#loss = undefined;
    for (const each of reconciliation?.finish(clock.now(), side) ?? []) dispatcher.raise(each);
  }

  /** Remembers what has to be repeated. */
  confirmed(request: PreparedRequest): void {
    this.#standing.confirmed(request);
    if (request.request === 'Login') this.#login = request.args.AutoLogin === true ? request : undefined;
    else if (request.request === 'Logout') this.#login = undefined;
  }

  /** The mode is in force again: what the server has forgotten with the lost connection. */
  repeat(agent: Agent | undefined): void {
    if (this.#login !== undefined && OUT.has(agent?.properties().AgentState)) this.options.sendAgain(this.#login);
    for (const standing of this.#standing.all) this.options.sendAgain(standing);
  }

  clear(): void {
    this.#drop();
    this.#standing.clear();
    this.#login = undefined;
    this.#loss = undefined;
  }

  #drop(): void {
    this.#refiltering = false;
    this.options.dispatcher.reconciliation = undefined;
  }
}
