/** Many clients at once, and one that has lost its server. */
import { Session, webSocketConnector } from '../../src/cil/index.js';
import type { BenchCase } from '../run/bench-case.js';
import { until, within } from '../run/waits.js';
import { ClientProcess } from './client-process.js';
import { listen } from './sessions.js';

const CLIENTS = 5_000;

const storm: BenchCase = {
  name: 'connect-storm',
  about: `${CLIENTS} clients connect at once, until all are welcome`,
  async run(bench) {
    const { url } = await listen(bench);
    const clients = new ClientProcess(bench);
    const begun = performance.now();
    await clients.order('the welcome of all clients', { connect: CLIENTS, mode: 'none', url });
    const seconds = (performance.now() - begun) / 1000;
    return [
      {
        what: `${CLIENTS.toLocaleString('en-US')} clients connect at once`,
        figure: `${seconds.toFixed(1)} s`,
        aim: 'all, under 3 s',
      },
    ];
  },
};

const otherSide: BenchCase = {
  name: 'other-side',
  about: 'a client library whose server ends, until the other one has it in its mode',
  async run(bench) {
    const a = await listen(bench);
    const b = await listen(bench);
    const session = new Session({ connectors: [webSocketConnector(a.url), webSocketConnector(b.url)] });
    bench.after(() => session.disconnect());
    session.connect();
    await within('the monitor mode of the session', session.setMessageFilter(''));
    const lost = a.sessions() > 0 ? a : b;
    let back = false;
    session.subscribe('ISessionEvents', ({ event }) => {
      if (event === 'OnMonitorModeEstablished') back = true;
    });
    const begun = performance.now();
    void lost.end();
    await until('the monitor mode at the other server', () => (back ? true : undefined), { everyMs: 1 });
    return [
      {
        what: 'server of a client ends, to the same mode at the other server',
        figure: `${(performance.now() - begun).toFixed(0)} ms`,
      },
    ];
  },
};

export const stormCases: readonly BenchCase[] = [storm, otherSide];
