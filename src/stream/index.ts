/** The event stream: events of a site on NATS JetStream, published by one of its servers, read by groups of readers. */
export type { StreamEngine } from './engine.js';
export { NatsEngine, type NatsReport } from './nats/nats-engine.js';
export type { NatsSettings } from './nats/settings.js';
export { type PublisherReport, StreamPublisher } from './publisher.js';
export { StreamMetrics } from './stream-metrics.js';
export { nameProblem } from './subjects.js';
