/**
 * The interface inside tier 2 between the objects (`objects/`) and the client sessions (`northbound/`).
 * Objects know nothing of clients, modes and filters; client sessions know nothing of GED-188.
 */
import type { Args, EventMessage, LinkStatus, Outcome, RequestFailure } from '../ctios/transport.js';

/** An event of the object server and its audience. Client sessions decide who receives it. */
export interface Publication extends EventMessage {
  readonly to: Audience;
}

export interface Audience {
  /** Every client whatever its mode or filter (system status). */
  readonly everyone?: true;
  /** UniqueObjectID of the agent concerned: agent-mode clients of that agent, supervisors who monitor it. */
  readonly agent?: string;
  /** UniqueObjectID of the device concerned: agent-mode clients whose agent is on that device. */
  readonly device?: string;
  /**
   * Only this client (responses to SetAgent, requested snapshots). Others, including monitor sessions, do not receive
   * it.
   */
  readonly client?: string;
  /** Never matched against monitor-mode filters: agent mode only (button enablement). */
  readonly agentModeOnly?: true;
}

/** The sender of a request. */
export interface ObjectServerRequester {
  readonly clientId: string;
  readonly mode: 'none' | 'agent' | 'monitor';
  /** UniqueObjectID of the agent of an agent-mode client. */
  readonly agent?: string;
  /**
   * Authenticates the client as an agent; absent if authentication is not required. The objects determine which agent.
   * @param ended called once: with the failure, whose message is the second part of a sentence, or undefined on success
   */
  readonly prove?: (claim: AgentClaim, ended: (failure: RequestFailure | undefined) => void) => void;
}

/** A client's claim to be an agent. */
export interface AgentClaim {
  readonly peripheralId: number;
  readonly agentId: string;
  /** Empty if none was given. */
  readonly password: string;
}

/** The outcome of such a claim. */
export type ProofOutcome = 'proven' | 'wrong password' | 'locked out' | 'not checked';

/** How a request ended: exactly one per request. */
export interface RequestResult {
  outcome: Outcome;
  /** The confirmation event, or OnControlFailureConf. */
  conf?: EventMessage;
  failure?: RequestFailure;
  newObject?: string;
}

export interface ObjectServer {
  /** Subscribes to everything that happens from now on. @returns unsubscribes */
  subscribe(listener: (publication: Publication) => void): () => void;
  /**
   * Carries out a request of the vocabulary that concerns agents, calls, skill groups or the link. Ends once.
   * @param args checked and in the vocabulary's spelling (`checkArguments`)
   * @param ended called exactly once with the result, in its place among the publications: the events that followed it
   *   come after it
   */
  request(
    from: ObjectServerRequester,
    request: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended: (result: RequestResult) => void,
  ): void;
  /**
   * The snapshot for a new client: OnQueryAgentStateConf, OnSnapshotDeviceConf, OnSnapshotCallConf; all `recovered`.
   */
  snapshot(): Iterable<Publication>;
  /**
   * The client has disconnected: its statistics, monitoring and agent association end.
   * @param how 'closed' (the default): it closed its session, its agent stays logged in; 'lost': it disconnected, its
   *   agent is logged out if the settings say so
   */
  release(clientId: string, how?: 'closed' | 'lost'): void;
  /** Stops the server's own activities; its link is stopped by the part that started it. */
  stop?(): void;
  /** The state of the link to the CTI Server, for display. */
  link?(): LinkStatus;
  /** StatusSystem as in OnMonitorModeEstablished, and the reason as text. */
  status(): ServerSystemStatus;
}

export interface ServerSystemStatus {
  online: boolean;
  /** Why it is not online, for display; absent while it is. */
  reason?: string;
  /**
   * Keyword StatusSystem: StatusCTIServer, StatusCtiServerDriver, StatusCentralController, StatusPeripherals{id: bool};
   * and our own StatusObjects: false until a snapshot was taken.
   */
  statusSystem: Args;
  /** Why a part of the configuration is missing although a snapshot was taken, for display; absent if none is. */
  incomplete?: string;
  side?: 'A' | 'B';
  protocolVersion?: number;
}
