/** The part of {@link Session} that programs need which must also run against a fake: their adapters use this type. */
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
   * Raises `OnConnectionGap` for an application that buffers events for its own listeners and had to drop some. It is
   * numbered and kept in the history like any other event of the session.
   */
  reportGap(gap: EventArgs<'OnConnectionGap'>): void;
}
