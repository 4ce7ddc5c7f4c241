/** As much of a {@link Session} as a program needs that shall also run against a fake: its adapters take this. */
import type { EventArgs } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import type { CilEvent, Dispose, EventListener } from './events/cil-event.js';
import type { Agent } from './objects/agent.js';
import type { Call } from './objects/call.js';
import type { Requester } from './objects/request.js';
import type { SkillGroup } from './objects/skill-group.js';
import type { FilterOptions } from './session-options.js';
import type { SessionStatus } from './status.js';

export interface SessionApi extends Requester {
  connect(): void;
  disconnect(): Promise<void>;
  setMessageFilter(filter?: string, options?: FilterOptions): Promise<void>;
  setAgent(agent: Args): Promise<Agent>;
  readonly status: SessionStatus;
  onStatus(listener: (status: SessionStatus) => void): Dispose;
  onError(listener: (error: unknown) => void): Dispose;
  /** @param name an interface of the guide, or 'AllInOne' */
  subscribe(name: string, listener: EventListener): Dispose;
  readonly calls: ReadonlyMap<string, Call>;
  readonly agents: ReadonlyMap<string, Agent>;
  readonly skillGroups: ReadonlyMap<string, SkillGroup>;
  readonly currentCall: Call | undefined;
  readonly currentAgent: Agent | undefined;
  setCurrentCall(call: Call): void;
  /** The last events, oldest first. */
  readonly history: Iterable<CilEvent>;
  /** Sequence of the last event. */
  readonly sequence: number;
  /**
   * Tells `OnConnectionGap` for an application that keeps events back from its own listeners and could not keep them
   * all. It has its number and its place in the history like any other event of the session.
   */
  reportGap(gap: EventArgs<'OnConnectionGap'>): void;
}
