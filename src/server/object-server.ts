/**
 * The border inside tier 2: what the objects (`objects/`) offer to the client sessions (`northbound/`).
 * Objects know nothing of clients, modes and filters; client sessions know nothing of GED-188.
 */
import type { Args, EventMessage, LinkStatus, Outcome, RequestFailure } from '../ctios/transport.js';

/** An event of the object server and the ones it concerns. Client sessions decide who receives it. */
export interface Publication extends EventMessage {
  readonly to: Audience;
}

export interface Audience {
  /** Every client whatever its mode or filter (system status). */
  readonly everyone?: true;
  /** UniqueObjectID of the agent concerned: agent-mode clients of that agent, supervisors watching it. */
  readonly agent?: string;
  /** UniqueObjectID of the device concerned: agent-mode clients whose agent is on that device. */
  readonly device?: string;
  /** This client alone (answers to SetAgent, snapshots asked for). Others, monitor sessions included, do not get it. */
  readonly client?: string;
  /** Never matched against monitor-mode filters: agent mode only (button enablement). */
  readonly agentModeOnly?: true;
}

/** Who asks. */
export interface ObjectServerRequester {
  readonly clientId: string;
  readonly mode: 'none' | 'agent' | 'monitor';
  /** UniqueObjectID of the agent of an agent-mode client. */
  readonly agent?: string;
  /**
   * Has the client prove that it is an agent; absent where nobody is asked to. Which agent is meant, the objects know.
   * @returns why it is not, the message beginning in the middle of a sentence; undefined where it is. Never rejects
   */
  readonly prove?: (claim: AgentClaim) => Promise<RequestFailure | undefined>;
}

/** Somebody says to be an agent. */
export interface AgentClaim {
  readonly peripheralId: number;
  readonly agentId: string;
  /** Empty where none was given. */
  readonly password: string;
}

/** What became of such a claim. */
export type ProofOutcome = 'proven' | 'wrong password' | 'locked out' | 'not checked';

/** How a request ended: exactly one per request, never a rejected promise. */
export interface RequestResult {
  outcome: Outcome;
  /** The confirmation event, or OnControlFailureConf. */
  conf?: EventMessage;
  failure?: RequestFailure;
  newObject?: string;
}

export interface ObjectServer {
  /** Tells of everything that happens from now on. @returns stops it */
  subscribe(listener: (publication: Publication) => void): () => void;
  /**
   * Carries out a request of the vocabulary that concerns agents, calls, skill groups or the link. Ends once.
   * @param args checked and in the vocabulary's spelling (`checkArguments`)
   * @param ended called exactly once with the result, in its place among the publications, which the promise, settling a
   *   turn later, cannot keep: a client that must see its confirmation before the events that followed it is answered here
   * @returns the same result; never rejects
   */
  request(
    from: ObjectServerRequester,
    request: string,
    target: string | undefined,
    args: Args,
    answerMs: number,
    ended?: (result: RequestResult) => void,
  ): Promise<RequestResult>;
  /** The events that introduce a new client to what exists now: OnQueryAgentStateConf, OnSnapshotDeviceConf, OnSnapshotCallConf; all `recovered`. */
  snapshot(): Iterable<Publication>;
  /**
   * The client is gone: its statistics, monitoring and agent association end.
   * @param how 'closed' (the default): it said goodbye, its agent stays as it is; 'lost': it vanished, its agent is
   *   logged out where the settings say so
   */
  release(clientId: string, how?: 'closed' | 'lost'): void;
  /** Ends what the server does by itself; its link is stopped by who started it. */
  stop?(): void;
  /** How the link to the CTI Server stands: for people. */
  link?(): LinkStatus;
  /** StatusSystem as in OnMonitorModeEstablished, and in words. */
  status(): ServerSystemStatus;
}

export interface ServerSystemStatus {
  online: boolean;
  /** Why not online, for people; absent when online. */
  reason?: string;
  /** Keyword StatusSystem: StatusCTIServer, StatusCtiServerDriver, StatusCentralController, StatusPeripherals{id: bool}; and StatusObjects, ours: false until a snapshot was taken. */
  statusSystem: Args;
  side?: 'A' | 'B';
  protocolVersion?: number;
}
