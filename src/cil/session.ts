import type { Clock } from '../common/clock.js';
import type { Random } from '../common/random.js';
import type { Args, Connector } from '../ctios/transport.js';
import type { Agent } from './agent.js';
import type { Call } from './call.js';
import type { CilEvent, Dispose, EventListener } from './cil-event.js';
import type { Confirmation, Requester, RequestOptions } from './request.js';
import type { SkillGroup } from './skill-group.js';
import type { SessionStatus } from './status.js';

export interface SessionOptions {
  /** Ways to the CTI OS Servers, side A and, where there is one, side B. */
  connectors: readonly [Connector] | readonly [Connector, Connector];
  clock?: Clock;
  random?: Random;
  /** Silence after which the server is asked whether it lives; default 5,000, 0 never. */
  heartbeatMs?: number;
  /** Unanswered heartbeats in a row after which the connection is given up; default 3. */
  maxHeartbeats?: number;
  /** How many events `session.history` keeps; default 1,000. */
  historySize?: number;
}

export interface FilterOptions {
  /** Introduce what exists already (`recovered` events); default true. */
  snapshot?: boolean;
}

/** The face of {@link Session}, while its parts are being joined. */
export interface SessionFace extends Requester {
  /** Starts connecting; events and status tell the rest. Reconnects by itself until `disconnect`. */
  connect(): void;
  /** Ends after `OnConnectionClosed`. Requests that wait expire, those that were sent end unknown. */
  disconnect(): Promise<void>;
  /** Monitor mode; repeated after each reconnect. Ends when the server has established it. */
  setMessageFilter(filter: string, options?: FilterOptions): Promise<void>;
  /** Agent mode; repeated after each reconnect. Ends with the session's agent. */
  setAgent(agent: Args): Promise<Agent>;
  readonly status: SessionStatus;
  /** Told at each change of `status`. */
  onStatus(listener: (status: SessionStatus) => void): Dispose;
  /** Told what a listener threw, so that delivery goes on. */
  onError(listener: (error: unknown) => void): Dispose;
  /** @param interfaceName 'ICallEvents', 'IAgentEvents' … or 'AllInOne' */
  subscribe(interfaceName: string, listener: EventListener): Dispose;
  request(name: string, options?: RequestOptions): Promise<Confirmation>;
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
}
