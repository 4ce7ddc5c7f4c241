/** The event stream: events of a site on NATS JetStream, published by one of its servers, read by groups of readers. */

export { Claims } from './claims.js';
export type { StreamEngine } from './engine.js';
export { nameProblem } from './names.js';
export { NatsEngine, type NatsReport } from './nats/nats-engine.js';
export type { NatsSettings } from './nats/settings.js';
export { type PublisherReport, StreamPublisher } from './publisher.js';
export { GroupReader, type GroupReaderOptions, type ReaderState } from './reading/group-reader.js';
export type { ForwardRequest } from './reading/stream-server.js';
export { StreamMetrics } from './stream-metrics.js';
