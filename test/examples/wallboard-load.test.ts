/** The contact center of the wallboard example has a realistic load: queues of a minute in busy times, available agents in quiet ones. */
import { strict as assert } from 'node:assert';
import { wallboard } from '../../scripts/examples/flows/wallboard.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import { Simulator } from '../../src/simulator/index.js';

interface Call {
  parties: { device: string }[];
}

describe('the load of the wallboard', () => {
  it('includes queues of more than a minute, and minutes with many available agents', async () => {
    const session = wallboard()
      .nodes()
      .find(({ type }) => type === 'ctios-session')!;
    const { agents, traffic, seed } = session as unknown as { agents: number; traffic: 'waves'; seed: number };
    const clock = new VirtualClock();
    const simulator = new Simulator({ clock, seed, agents, traffic, listen: false });
    await simulator.start();
    const minutes = Array.from({ length: 60 }, () => {
      clock.advance(60_000);
      const { calls } = simulator.run('calls') as unknown as { calls: Call[] };
      const waiting = calls.filter(({ parties }) => !parties.some(({ device }) => /^2\d{3}$/.test(device))).length;
      const all = (simulator.run('agents') as unknown as { agents: { state: string }[] }).agents;
      return { waiting, free: all.filter(({ state }) => state === 'Available').length };
    });
    await simulator.stop();
    const share = (holds: (minute: { waiting: number; free: number }) => boolean) => minutes.filter(holds).length / 60;
    // About one call a second is answered.
    assert.ok(share(({ waiting }) => waiting > 45) > 0.05, 'a long queue');
    assert.ok(share(({ waiting }) => waiting >= 3) > 0.3, 'mostly somebody waits');
    assert.ok(share(({ free }) => free >= 10) > 0.2, 'and often several agents are free');
  });
});
