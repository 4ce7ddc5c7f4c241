/** The event stream: events of a site on NATS JetStream, published by one of its servers, read by groups of readers. */

export type { RequestResult } from '../server/object-server.js';
export { AuditCopy, type AuditCopyReport } from './audit/audit-copy.js';
export { Claims } from './claims.js';
export type { StreamEngine } from './engine.js';
export { nameProblem } from './names.js';
export { NatsEngine, type NatsReport } from './nats/nats-engine.js';
export type { NatsSettings } from './nats/settings.js';
export { StreamPeers, type StreamPeersOptions } from './peers/stream-peers.js';
export { type PublisherReport, StreamPublisher } from './publisher.js';
export { GroupReader, type GroupReaderOptions, type ReaderState } from './reading/group-reader.js';
export { GroupRecords } from './reading/group-records.js';
export type { ForwardRequest } from './reading/stream-server.js';
export { type MemberState, SiteMember, type SiteMemberOptions } from './site-member.js';
export { auditCopyMetrics, StreamMetrics } from './stream-metrics.js';
export { SiteSubjects } from './subjects.js';
