/** What fails, for how long, and how it recovers. `world` changes the contact center while no session can see it. */
import type { TestBed } from '../support/test-bed.js';

export interface Fault {
  name: string;
  /** The protocol version to use: 23 has no standby session. */
  version: 23 | 25;
  /** Whether the session cannot have received what happened meanwhile. */
  gap: boolean;
  /** Only if there is a network between the session and tier 2. */
  remoteOnly?: true;
  strike(bed: TestBed, world: () => void): Promise<void>;
}

export const faults: readonly Fault[] = [
  {
    name: 'socket closed',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      refuseAll(bed);
      bed.simulator.run('breakLink', { how: 'close' });
      await bed.run(500);
      world();
      await bed.run(500);
      await healed(bed);
    },
  },
  {
    name: 'reset',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      refuseAll(bed);
      bed.simulator.run('breakLink', { how: 'reset' });
      await bed.run(500);
      world();
      await healed(bed);
    },
  },
  {
    name: 'silent',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      bed.simulator.run('breakLink', { how: 'silence' });
      await bed.run(3_000);
      world();
      await bed.run(60_000);
    },
  },
  {
    name: 'corrupted frame',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      refuseAll(bed);
      // A web server's response, on every link: its first four bytes announce a length of a gigabyte.
      const garbage = Buffer.from('HTTP/1.1 400 Bad Request');
      for (const stream of [...bed.streams.A, ...bed.streams.B]) stream.onData(garbage);
      world();
      await bed.run(500);
      await healed(bed);
    },
  },
  {
    name: 'server restarted',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      bed.simulator.run('stopSide', { side: 'B', how: 'crash' });
      bed.simulator.run('stopSide', { side: 'A', how: 'crash' });
      await bed.run(2_000);
      world();
      await bed.run(2_000);
      bed.simulator.run('startSide', { side: 'A' });
      bed.simulator.run('startSide', { side: 'B' });
      await bed.run(60_000);
    },
  },
  {
    name: 'side switched',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      bed.simulator.run('stopSide', { side: 'A', how: 'announced' });
      world();
      await bed.run(60_000);
    },
  },
  {
    name: 'peripheral offline and back',
    version: 23,
    gap: true,
    strike: async (bed, world) => {
      bed.simulator.run('peripheralOffline', {});
      await bed.run(2_000);
      world();
      bed.simulator.run('peripheralOnline', {});
      await bed.run(10_000);
    },
  },
  {
    name: 'standby takes over',
    version: 25,
    gap: true,
    strike: async (bed, world) => {
      bed.simulator.run('stopSide', { side: 'A', how: 'crash' });
      world();
      await bed.run(60_000);
    },
  },
  {
    name: 'maintenance',
    version: 25,
    gap: false,
    strike: async (bed, world) => {
      bed.simulator.run('maintenance', {});
      await bed.run(1);
      world();
      await bed.run(20_000);
    },
  },
  {
    name: 'cable to the server pulled',
    version: 23,
    gap: true,
    remoteOnly: true,
    strike: async (bed, world) => {
      for (const way of bed.network) {
        way.refusing = true;
        way.cut();
      }
      await bed.run(500);
      world();
      for (const way of bed.network) way.refusing = false;
      await bed.run(120_000);
    },
  },
  {
    name: 'one server of the pair dies',
    version: 23,
    gap: true,
    remoteOnly: true,
    strike: async (bed, world) => {
      const at = bed.session.status.side === 'A' ? 0 : 1;
      bed.network[at]!.refusing = true;
      bed.network[at]!.cut();
      world();
      await bed.run(120_000);
    },
  },
];

function refuseAll(bed: TestBed): void {
  bed.refusing.add('A');
  bed.refusing.add('B');
}

async function healed(bed: TestBed): Promise<void> {
  bed.refusing.clear();
  await bed.run(60_000);
}
