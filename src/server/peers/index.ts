/** Links between servers over the same CTI Servers: what is from desktop to desktop crosses them. */
export { peerAudit } from './peer-audit.js';
export { type PeerEvent, PeerHub, type PeerHubOptions } from './peer-hub.js';
export { PeerMetrics } from './peer-metrics.js';
export type { PeerDial, PeerTransport } from './peer-transport.js';
export { noPeers, type Peer, type Peers } from './peers-api.js';
export { MIN_SECRET_LENGTH } from './proof.js';
export { DEFAULT_PEER_SETTINGS, type PeerSettings } from './settings.js';
export { listenForPeers, type PeerListener, webSocketDial } from './web-socket-peer-transport.js';
