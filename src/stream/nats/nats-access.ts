/** Shared by the parts of the engine: the connection and the client libraries, once NATS has been reached. */
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** The clients that a part of the engine uses, once NATS has been reached. */
export interface NatsAccess {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly libraries: NatsLibraries;
}

/** @throws (rejects) Error while NATS is unreachable or the site's stream does not exist */
export type GetAccess = () => Promise<NatsAccess>;

export interface NatsLibraries {
  readonly transport: typeof import('@nats-io/transport-node');
  readonly jetstream: typeof import('@nats-io/jetstream');
  readonly kv: typeof import('@nats-io/kv');
}
