/** Links between servers of the same CTI Servers, which carry the traffic between desktops. */

export type { PeerDial, PeerTransport } from './connection/peer-transport.js';
export { MIN_SECRET_LENGTH } from './connection/proof.js';
export { listenForPeers, type PeerListener, webSocketDial } from './connection/web-socket-peer-transport.js';
export { peerAudit } from './peer-audit.js';
export { type PeerEvent, PeerHub, type PeerHubOptions } from './peer-hub.js';
export { PeerMetrics } from './peer-metrics.js';
export { answerPeer, type PeerAnswer, type PeerRequestFailure, readPeerAnswer } from './requests/peer-answers.js';
export type { AnswerOf, BodyOf, PeerRequestName } from './requests/peer-requests.js';
export { noPeers, type Peer, type PeerResult, type Peers, type PeerWatcher } from './requests/peers-api.js';
export { PendingPeerRequests } from './requests/pending-peer-requests.js';
export { DEFAULT_PEER_SETTINGS, type PeerSettings } from './settings.js';
