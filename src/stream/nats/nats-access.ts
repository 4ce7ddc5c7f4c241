/** What the parts of the engine share: the connection and the client libraries, once NATS was reached. */
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** What a part of the engine works with, once NATS was reached. */
export interface NatsAccess {
  readonly connection: NatsConnection;
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly libraries: NatsLibraries;
}

/** @throws (rejects) Error while NATS has not been reached or the site's stream does not exist */
export type GetAccess = () => Promise<NatsAccess>;

export interface NatsLibraries {
  readonly transport: typeof import('@nats-io/transport-node');
  readonly jetstream: typeof import('@nats-io/jetstream');
  readonly kv: typeof import('@nats-io/kv');
}
