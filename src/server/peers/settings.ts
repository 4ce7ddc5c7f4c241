/** Time-outs and limits between peers; all times in milliseconds. */
export interface PeerSettings {
  /** Silence after which a heartbeat is sent. */
  heartbeatMs: number;
  /**
   * Unanswered heartbeats after which the link is closed: a dead peer is detected within heartbeatMs × (maxHeartbeats +
   * 1).
   */
  maxHeartbeats: number;
  /** Time-out for opening a WebSocket, including TLS. */
  dialMs: number;
  /** Time-out from there until both ends have authenticated. */
  proofMs: number;
  /** Maximum number of pending requests at one peer. */
  maxAsks: number;
  /** Maximum number of bytes queued for a peer that does not read. */
  maxQueueBytes: number;
  /** Maximum number of incoming connections, and how many of them may be unauthenticated. */
  maxConnections: number;
  maxUnproven: number;
  /** Maximum of unauthenticated connections from one address, so that it cannot lock out a peer at another address. */
  maxUnprovenPerNetwork: number;
}

/** Heartbeats as in the guide for peers (System Manager Guide, Peers: 5 s, 3); the other values are this project's. */
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
