/** The start of Node-RED, a flood that begins with it, and the way back after a broken link. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeRedProcess } from '../../scripts/node-red-process.js';
import type { BenchCase } from '../run/bench-case.js';
import { until, within } from '../run/waits.js';
import { CtiServerWithLoad } from './cti-server-with-load.js';
import {
  EVERYTHING,
  eventNodes,
  type FlowNode,
  FlowProcess,
  MARKED,
  median,
  sessionNode,
  startNodeRed,
} from './flow-process.js';
import { ged188, VERSION } from './load.js';

const FLOOD = 500_000;
const AGENTS = 2_000;
/** How long after the begin of a flood its gap is waited for. */
const GAP_MS = 30_000;
const STARTS = 3;
const BREAKS = 3;

const GAPS: FlowNode = {
  id: 'bench-gap-node',
  type: 'ctios-events',
  z: 'bench-tab-node',
  session: 'bench-session-node',
  interface: 'ISessionEvents',
  events: ['OnConnectionGap'],
  filter: [],
  split: 'one',
  properties: [],
  wires: [['bench-out-node']],
};

/** `npm start` on a fresh directory, without the build. */
const firstPop: BenchCase = {
  name: 'first-pop',
  about: 'from the start of Node-RED to the first screen pop',
  async run(bench) {
    const seconds: number[] = [];
    for (let start = 0; start < bench.count(STARTS); start++) {
      const userDir = mkdtempSync(join(tmpdir(), 'ctios-bench-'));
      bench.after(() => rmSync(userDir, { recursive: true, force: true }));
      const begun = performance.now();
      const nodeRed = await within('the start of Node-RED', NodeRedProcess.start({ userDir }));
      const up = performance.now();
      const popped = (message: { key?: string; cards?: unknown[] }) =>
        message.key !== undefined || message.cards!.length > 0;
      await within('the first screen pop', nodeRed.heard('screen-pop', popped));
      seconds.push((performance.now() - begun) / 1000, up - begun);
      await within('the end of Node-RED', nodeRed.stop());
    }
    const pops = seconds.filter((_, index) => index % 2 === 0);
    const ups = seconds.filter((_, index) => index % 2 === 1).map((ms) => ms / 1000);
    return [
      {
        what: 'start of Node-RED with all examples to first pop',
        figure: `${median(pops).toFixed(1)} s, of these ${median(ups).toFixed(1)} s until the editor answers`,
        aim: '1.5 s',
      },
    ];
  },
};

/** Events pour in from the moment of the connection, while the snapshot of the start is taken. */
const startFlood: BenchCase = {
  name: 'start-flood',
  about: `a flood from the moment of the connection, while ${AGENTS} agents are asked for`,
  async run(bench) {
    const server = await CtiServerWithLoad.start(bench, VERSION, AGENTS);
    const count = bench.count(FLOOD);
    const pieces = ged188.flood(count);
    let begun = 0;
    const poured = new Promise<void>((resolve, reject) => {
      server.onSession = () => {
        begun = performance.now();
        // The session has to be open before it may hear anything: the first frames of the simulated center open it.
        setTimeout(() => {
          const pour = async () => {
            for (const piece of pieces) await server.send(piece);
          };
          pour().then(resolve, reject);
        }, 100);
      };
    });
    const nodeRed = await startNodeRed(bench, [sessionNode(server.port), GAPS, ...eventNodes([MARKED])]);
    const flow = new FlowProcess(ged188, nodeRed, (bytes) => server.send(bytes));
    await server.connected();
    await within('a client that takes the flood', poured);
    const { maxRssMegabytes } = await until('the end of the flood', async () => {
      const seen = await flow.seen(true);
      return seen.floodMs === undefined ? undefined : seen;
    });
    const seconds = (performance.now() - begun) / 1000;
    // Where the snapshot was faster than the flood, there is no gap to report.
    const { beforeSnapshot = 0 } = await until('the end of the snapshot', async () => {
      const seen = await flow.seen(true);
      return seen.beforeSnapshot === undefined && performance.now() - begun < GAP_MS ? undefined : seen;
    });
    const flood = `flood of ${count.toLocaleString('en-US')} events at the start, ${AGENTS.toLocaleString('en-US')} agents`;
    return [
      {
        what: `${flood}: until told`,
        figure: `${seconds.toFixed(1)} s, peak memory of Node-RED ${maxRssMegabytes.toFixed(0)} MB`,
        aim: 'bounded',
      },
      {
        what: `${flood}: published before the snapshot was complete, as the gap reports`,
        figure: beforeSnapshot.toLocaleString('en-US'),
        aim: 'reported',
      },
    ];
  },
};

const reconnect: BenchCase = {
  name: 'reconnect',
  about: 'from a closed socket to the gap reported at a node',
  async run(bench) {
    const server = await CtiServerWithLoad.start(bench, VERSION);
    const nodeRed = await startNodeRed(bench, [sessionNode(server.port), GAPS, ...eventNodes([EVERYTHING])]);
    const flow = new FlowProcess(ged188, nodeRed, (bytes) => server.send(bytes));
    await server.connected();
    await flow.open(100);
    const times: number[] = [];
    for (let time = 0; time < BREAKS; time++) {
      await flow.seen();
      const begun = performance.now();
      server.breakLink();
      await until(
        'the gap reported after a broken link',
        async () => ((await flow.seen(true)).count > 0 ? true : undefined),
        { everyMs: 5 },
      );
      times.push(performance.now() - begun);
    }
    return [{ what: 'closed socket of the CTI Server to the gap reported', figure: `${median(times).toFixed(0)} ms` }];
  },
};

export const startCases: readonly BenchCase[] = [firstPop, startFlood, reconnect];
