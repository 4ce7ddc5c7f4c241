/**
 * A process that is blocked while it dials, like Node-RED during its first deploy on a busy machine. The host must be
 * resolved: results that need one turn of the event loop arrive before the timers run, results that need more turns do
 * not.
 */
import assert from 'node:assert/strict';
import { systemClock } from '../../../src/common/clock.js';
import { socketDial } from '../../../src/common/network/net-stream.js';
import { createLink, type LinkReport } from '../../../src/server/index.js';
import { Simulator } from '../../../src/simulator/index.js';

/** Long enough to exceed the limit, and to show that the process was blocked. */
const DIAL_MS = 50;
const HELD_UP_MS = 500;

function holdUp(): void {
  for (const until = performance.now() + HELD_UP_MS; performance.now() < until; );
}

describe('a process that is blocked while it dials', () => {
  it('connects at the first attempt', async () => {
    const simulator = new Simulator({ agents: 2, traffic: 'off' });
    const { portA, portB } = await simulator.start();
    const dial = socketDial();
    const reports: LinkReport[] = [];
    const reported = new Promise<void>((resolve) => {
      const link = createLink({
        sides: { A: { host: 'localhost', port: portA }, B: { host: 'localhost', port: portB } },
        clock: systemClock,
        random: { next: () => 0.5 },
        clientId: 'held-up',
        protocolVersion: 23,
        dialMs: DIAL_MS,
        dial: (endpoint, opened, failed) => {
          const cancel = dial(endpoint, opened, failed);
          holdUp();
          return cancel;
        },
        onReport: (report) => {
          reports.push(report);
          if (!report.up) resolve();
          else void link.stop().then(resolve);
        },
      });
      link.start();
    });
    await reported;
    await simulator.stop();
    assert.deepEqual(reports, [{ up: true, side: 'A', version: 23 }]);
  });
});
