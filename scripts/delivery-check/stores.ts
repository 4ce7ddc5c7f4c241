/** Where the checked deliveries wait: in the user directory of the Node-RED, or on a queue of NATS JetStream. */
import { systemClock } from '../../src/common/clock.js';
import { NatsEngine } from '../../src/stream/index.js';
import { NatsServer } from '../ha/nats-server.js';

export const STORES = ['file', 'stream'] as const;
export type StoreKind = (typeof STORES)[number];

const SITE = 'site';
const GROUP = 'node-red';

export interface CheckedStore {
  /** Properties of the webhook node. */
  readonly webhook: object;
  /** Properties of its session. */
  readonly session: object;
  remove(): Promise<void>;
}

export async function openCheckedStore(kind: StoreKind): Promise<CheckedStore> {
  if (kind === 'file') return { webhook: {}, session: {}, remove: () => Promise.resolve() };
  const nats = await new NatsServer().start();
  const engine = new NatsEngine(
    { servers: [nats.url], site: SITE, name: 'server', create: { replicas: 1, maxAgeMs: 3_600_000 } },
    systemClock,
    () => {},
  );
  // The streams of the site, as a ctios-server creates them.
  await new Promise<void>((resolve) => {
    engine.onConnected(() => resolve());
    engine.start();
  });
  return {
    webhook: { store: 'stream', session: 'session' },
    session: { connect: 'nats', natsServers: nats.url, natsSite: SITE, natsGroup: GROUP },
    remove: async () => {
      await engine.close();
      await nats.remove();
    },
  };
}
