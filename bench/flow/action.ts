/** The way of a request: payload, action node, request at the CTI Server, confirmation, next node. */
import type { BenchCase } from '../run/bench-case.js';
import { pause } from '../run/waits.js';
import { CtiServerWithLoad } from './cti-server-with-load.js';
import { FlowProcess, percentile, sessionNode, startNodeRed } from './flow-process.js';
import { ged188, VERSION } from './load.js';

const REQUESTS = 60_000;
const IN_FLIGHT = 100;
const WARM_UP = 5_000;
const RATE = 1_000;
const SECONDS = 4;

export const actionCase: BenchCase = {
  name: 'action',
  about: 'payload, Hold at the CTI Server, confirmation, next node',
  async run(bench) {
    const server = await CtiServerWithLoad.start(bench, VERSION);
    const nodeRed = await startNodeRed(bench, [
      sessionNode(server.port, { allowControl: true }),
      { id: 'bench-driver-node', type: 'bench-driver', z: 'bench-tab-node', wires: [['bench-action-node']] },
      {
        id: 'bench-action-node',
        type: 'ctios-call',
        z: 'bench-tab-node',
        session: 'bench-session-node',
        request: 'Hold',
        object: 'call.5000.1.2001',
        objectType: 'str',
        wires: [['bench-driver-node']],
      },
    ]);
    await server.connected();
    await pause(2_000);
    await server.send(ged188.opening);
    const flow = new FlowProcess(ged188, nodeRed, (bytes) => server.send(bytes));
    await flow.drive(WARM_UP, { inFlight: IN_FLIGHT });
    const all = await flow.drive(bench.count(REQUESTS), { inFlight: IN_FLIGHT });
    const paced = await flow.drive(bench.count(RATE * SECONDS), { rate: RATE });
    const at = (latencies: number[], part: number) =>
      percentile(
        latencies.sort((a, b) => a - b),
        part,
      ) / 1000;
    return [
      {
        what: `action node, payload to next node, ${IN_FLIGHT} in flight`,
        perSecond: (all.done / all.milliseconds) * 1000,
        p50: at(all.latencies, 0.5),
        p99: at(all.latencies, 0.99),
        aim: '20,000',
      },
      {
        what: `action node, ${RATE.toLocaleString('en-US')} per second`,
        p50: at(paced.latencies, 0.5),
        p99: at(paced.latencies, 0.99),
        aim: 'p99 under 5 ms',
      },
    ];
  },
};
