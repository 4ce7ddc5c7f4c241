/**
 * The engine of the event stream on NATS JetStream. The client libraries are loaded when an engine is started: a site
 * without NATS does not load them. Operations of the engine reject while NATS is unreachable.
 */
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '../../common/clock.js';
import { explainTlsError } from '../../common/network/tls-errors.js';
import { LEASE_TTL_MS, type StreamEngine } from '../engine.js';
import { SiteSubjects } from '../subjects.js';
import { isStreamMissing } from './api-errors.js';
import type { GetAccess, NatsAccess, NatsLibraries } from './nats-access.js';
import { NatsConsumers } from './nats-consumers.js';
import { NatsKeyValue } from './nats-key-value.js';
import { NatsLog } from './nats-log.js';
import { NatsMessenger } from './nats-messenger.js';
import { NatsTable } from './nats-table.js';
import { deliveryNames, type NatsSettings, siteNames } from './settings.js';

/** The timeout of one request to NATS, in milliseconds: less than the validity of a lease. */
const REQUEST_MS = 2_000;
/** The delay between attempts to connect to NATS and to find the site's stream, in milliseconds. */
const RETRY_MS = 500;
/** How long a claim lasts, in milliseconds. */
const CLAIM_TTL_MS = 24 * 3_600_000;

export interface NatsReport {
  readonly what: 'connected' | 'disconnected' | 'not connected';
  readonly server?: string;
  readonly reason?: string;
}

export class NatsEngine implements StreamEngine {
  readonly leases: NatsKeyValue;
  readonly objects: NatsKeyValue;
  readonly claims: NatsKeyValue;
  readonly log: NatsLog;
  readonly audit: NatsLog;
  readonly consumers: NatsConsumers;
  readonly messenger: NatsMessenger;
  readonly get: GetAccess;
  #access: NatsAccess | undefined;
  #connection: NatsConnection | undefined;
  #connected = false;
  #closed = false;
  #reason = 'NATS has not been reached yet';
  #lastReport = '';
  readonly #listeners = new Set<(connected: boolean) => void>();

  constructor(
    private readonly settings: NatsSettings,
    private readonly clock: Clock,
    private readonly report: (report: NatsReport) => void,
  ) {
    this.get = () =>
      this.#access === undefined ? Promise.reject(new Error(this.#reason)) : Promise.resolve(this.#access);
    const names = siteNames(settings.site);
    this.leases = new NatsKeyValue(this.get, names.leases, 'mark', clock);
    this.objects = new NatsKeyValue(this.get, names.objects, 'purge', clock);
    this.claims = new NatsKeyValue(this.get, names.claims, 'mark', clock);
    this.log = new NatsLog(this.get, names.stream, clock);
    this.audit = new NatsLog(this.get, names.audit, clock);
    this.consumers = new NatsConsumers(this.get, names.stream);
    this.messenger = new NatsMessenger(this.get);
  }

  /** Starts to connect, and reconnects until it is closed. */
  start(): void {
    void this.#open();
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** The reason why it is not connected. */
  get reason(): string {
    return this.#reason;
  }

  /** The deliveries of a group. */
  deliveries(group: string): NatsTable {
    const { site } = this.settings;
    return new NatsTable(this.get, deliveryNames(site, group), siteNames(site).stream);
  }

  onConnected(listener: (connected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#access = undefined;
    await this.#connection?.close().catch(() => {});
  }

  async #open(): Promise<void> {
    const libraries = await loadLibraries().catch((error: Error) => {
      this.#failed(
        new Error(`The client of NATS is not installed (npm install ${PACKAGES.join(' ')}): ${error.message}`),
      );
    });
    if (libraries === undefined) return;
    while (!this.#closed) {
      try {
        this.#connection ??= await libraries.transport.connect(this.#options(libraries));
        if (this.#closed) return void this.#connection.close();
        const access = await this.#prepare(this.#connection, libraries);
        if (this.#closed) return;
        this.#access = access;
        void this.#follow(this.#connection);
        this.#tell(true, this.#connection.getServer());
        return;
      } catch (error) {
        this.#failed(error);
        await new Promise<void>((resolve) => this.clock.after(RETRY_MS, resolve));
      }
    }
  }

  #options({ transport }: NatsLibraries): ConnectionOptions {
    const { servers, name, credentials, user, password, token } = this.settings;
    // With a tls:// address no connection is made without TLS, whatever the server offers.
    const tls = this.settings.tls ?? (servers.some((server) => /^tls:/i.test(server)) ? {} : undefined);
    return {
      servers: [...servers],
      name,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      timeout: REQUEST_MS,
      pingInterval: 2_000,
      maxPingOut: 2,
      ...(credentials === undefined
        ? {}
        : {
            authenticator: transport.credsAuthenticator(() =>
              new TextEncoder().encode(typeof credentials === 'function' ? credentials() : credentials),
            ),
          }),
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { pass: password }),
      ...(token === undefined ? {} : { token }),
      ...(tls === undefined ? {} : { tls }),
    };
  }

  /** Finds the site's stream and buckets, or creates them. */
  async #prepare(connection: NatsConnection, libraries: NatsLibraries): Promise<NatsAccess> {
    const { jetstream, jetstreamManager } = libraries.jetstream;
    const client = jetstream(connection, { timeout: REQUEST_MS });
    const manager = await jetstreamManager(connection, { timeout: REQUEST_MS, checkAPI: false });
    const access = { connection, client, manager, libraries };
    const { create } = this.settings;
    const names = siteNames(this.settings.site);
    const subjects = new SiteSubjects(this.settings.site);
    if (create?.auditMaxAgeMs !== undefined && !(await exists(access, names.audit))) {
      const { replicas, auditMaxAgeMs } = create;
      const stream = { name: names.audit, subjects: [subjects.audit('*')], num_replicas: replicas };
      await manager.streams.add({ ...stream, max_age: auditMaxAgeMs * 1e6 });
    }
    if (await exists(access, names.stream)) return access;
    if (create === undefined) throw new Error(`the stream ${names.stream} does not exist yet`);
    const { replicas, maxAgeMs } = create;
    const kvm = new libraries.kv.Kvm(client);
    await kvm.create(names.leases, { ttl: LEASE_TTL_MS, history: 1, replicas });
    await kvm.create(names.objects, { history: 1, replicas });
    await kvm.create(names.claims, { ttl: CLAIM_TTL_MS, history: 1, replicas });
    // Created last: if it exists, everything exists.
    await manager.streams.add({
      name: names.stream,
      subjects: [...subjects.all],
      max_age: maxAgeMs * 1e6,
      num_replicas: replicas,
    });
    return access;
  }

  async #follow(connection: NatsConnection): Promise<void> {
    void connection.closed().then((error) => {
      if (!this.#closed) this.#tell(false, undefined, error === undefined ? 'closed' : error.message);
    });
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.#tell(false, status.server);
      else if (status.type === 'reconnect') this.#tell(true, status.server);
    }
  }

  #tell(connected: boolean, server?: string, reason = 'the connection to NATS was lost'): void {
    if (connected === this.#connected || this.#closed) return;
    this.#connected = connected;
    this.#lastReport = '';
    if (!connected) this.#reason = reason;
    this.report({
      what: connected ? 'connected' : 'disconnected',
      ...(server === undefined ? {} : { server }),
      ...(connected ? {} : { reason }),
    });
    for (const listener of [...this.#listeners]) listener(connected);
  }

  /** Reports each reason only once in a row. */
  #failed(error: unknown): void {
    const { servers, tls } = this.settings;
    const at = servers.map((server) => server.replace(/^\w+:\/\/(.*@)?/, '')).join(', ');
    const reason = error instanceof Error ? explainTlsError(error, tls ?? {}, at).message : String(error);
    this.#reason = reason;
    if (this.#closed || reason === this.#lastReport) return;
    this.#lastReport = reason;
    this.report({ what: 'not connected', reason });
  }
}

async function exists({ manager }: NatsAccess, stream: string): Promise<boolean> {
  try {
    await manager.streams.info(stream);
    return true;
  } catch (error) {
    if (isStreamMissing(error)) return false;
    throw error;
  }
}

const PACKAGES = ['@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/kv'];

async function loadLibraries(): Promise<NatsLibraries> {
  const [transport, jetstream, kv] = await Promise.all([
    import('@nats-io/transport-node'),
    import('@nats-io/jetstream'),
    import('@nats-io/kv'),
  ]);
  return { transport, jetstream, kv };
}
