/** What breaks, how long it stays broken, and how it heals. `world` changes the contact center while nobody looks. */
import type { Stage } from './stage.js';

export interface Fault {
  name: string;
  /** Protocol version to insist upon: 23 has no standby session. */
  version: 23 | 25;
  /** Whether the session cannot have seen what happened meanwhile. */
  gap: boolean;
  /** Only where there is a network between the session and tier 2. */
  remoteOnly?: true;
  strike(stage: Stage, world: () => void): Promise<void>;
}

export const faults: readonly Fault[] = [
  {
    name: 'socket closed',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      refuseAll(stage);
      stage.simulator.run('breakLink', { how: 'close' });
      await stage.run(500);
      world();
      await stage.run(500);
      await healed(stage);
    },
  },
  {
    name: 'reset',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      refuseAll(stage);
      stage.simulator.run('breakLink', { how: 'reset' });
      await stage.run(500);
      world();
      await healed(stage);
    },
  },
  {
    name: 'silent',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      stage.simulator.run('breakLink', { how: 'silence' });
      await stage.run(3_000);
      world();
      await stage.run(60_000);
    },
  },
  {
    name: 'corrupted frame',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      refuseAll(stage);
      // A web server's answer, on every link: its first four bytes say that a gigabyte follows.
      const garbage = Buffer.from('HTTP/1.1 400 Bad Request');
      for (const stream of [...stage.streams.A, ...stage.streams.B]) stream.onData(garbage);
      world();
      await stage.run(500);
      await healed(stage);
    },
  },
  {
    name: 'server restarted',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      stage.simulator.run('stopSide', { side: 'B', how: 'crash' });
      stage.simulator.run('stopSide', { side: 'A', how: 'crash' });
      await stage.run(2_000);
      world();
      await stage.run(2_000);
      stage.simulator.run('startSide', { side: 'A' });
      stage.simulator.run('startSide', { side: 'B' });
      await stage.run(60_000);
    },
  },
  {
    name: 'side switched',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      stage.simulator.run('stopSide', { side: 'A', how: 'announced' });
      world();
      await stage.run(60_000);
    },
  },
  {
    name: 'peripheral offline and back',
    version: 23,
    gap: true,
    strike: async (stage, world) => {
      stage.simulator.run('peripheralOffline', {});
      await stage.run(2_000);
      world();
      stage.simulator.run('peripheralOnline', {});
      await stage.run(10_000);
    },
  },
  {
    name: 'standby takes over',
    version: 25,
    gap: true,
    strike: async (stage, world) => {
      stage.simulator.run('stopSide', { side: 'A', how: 'crash' });
      world();
      await stage.run(60_000);
    },
  },
  {
    name: 'maintenance',
    version: 25,
    gap: false,
    strike: async (stage, world) => {
      stage.simulator.run('maintenance', {});
      await stage.run(1);
      world();
      await stage.run(20_000);
    },
  },
  {
    name: 'cable to the server pulled',
    version: 23,
    gap: true,
    remoteOnly: true,
    strike: async (stage, world) => {
      for (const way of stage.network) {
        way.refusing = true;
        way.cut();
      }
      await stage.run(500);
      world();
      for (const way of stage.network) way.refusing = false;
      await stage.run(120_000);
    },
  },
  {
    name: 'one server of the pair dies',
    version: 23,
    gap: true,
    remoteOnly: true,
    strike: async (stage, world) => {
      const at = stage.session.status.side === 'A' ? 0 : 1;
      stage.network[at]!.refusing = true;
      stage.network[at]!.cut();
      world();
      await stage.run(120_000);
    },
  },
];

function refuseAll(stage: Stage): void {
  stage.refusing.add('A');
  stage.refusing.add('B');
}

async function healed(stage: Stage): Promise<void> {
  stage.refusing.clear();
  await stage.run(60_000);
}
