/** Patience and limits between peers; all times in milliseconds. */
export interface PeerSettings {
  /** Silence after which a peer is asked whether it lives. */
  heartbeatMs: number;
  /** Unanswered heartbeats after which the link is given up: found within heartbeatMs × (maxHeartbeats + 1). */
  maxHeartbeats: number;
  /** For a WebSocket to be opened, TLS included. */
  dialMs: number;
  /** From there until both have proven themselves. */
  proofMs: number;
  /** Asks of this server that may be under way at one peer. */
  maxAsks: number;
  /** Bytes that may wait for a peer that does not read. */
  maxQueueBytes: number;
  /** Connections that peers may have opened here, and how many of them may not have proven themselves yet. */
  maxConnections: number;
  maxUnproven: number;
  /** Of those, from one address: it must not keep a peer at another address out. */
  maxUnprovenPerNetwork: number;
}

/** Heartbeats as the guide has them for peers (System Manager Guide, Peers: 5 s, 3); the rest is ours. */
export const DEFAULT_PEER_SETTINGS: PeerSettings = {
  heartbeatMs: 5_000,
  maxHeartbeats: 3,
  dialMs: 5_000,
  proofMs: 10_000,
  maxAsks: 1_000,
  maxQueueBytes: 1024 * 1024,
  maxConnections: 64,
  maxUnproven: 16,
  maxUnprovenPerNetwork: 4,
};
