/** One Node-RED that is the desktop of 500 agents: how long the log-ins take, what each costs, and how soon a request is carried out. */
import { Simulator } from '../../src/simulator/index.js';
import type { Bench, BenchCase } from '../run/bench-case.js';
import { pause, until, within } from '../run/waits.js';
import { FlowProcess, percentile, sessionNode, startNodeRed } from './flow-process.js';
import { ged188 } from './load.js';

const AGENTS = 500;
const REQUESTS = 5_000;
const IN_FLIGHT = 20;
const RATE = 100;
const SECONDS = 5;
const SETTLE_MS = 3_000;

const node = (id: string, type: string, more: object) => ({ id, type, z: 'bench-tab-node', ...more });

/** The first messages log the agents in, in turn; the others change their states. */
const whichRequest = (agents: number) => `
const n = context.get('n') || 0;
context.set('n', n + 1);
const AgentID = String(1001 + n % ${agents});
if (n < ${agents}) return [{ ...msg, payload: { AgentID, AgentInstrument: String(2001 + n) } }, null];
const AgentState = Math.floor(n / ${agents}) % 2 === 1 ? 'Available' : 'NotReady';
return [null, { ...msg, ctios: { agentId: AgentID }, payload: { AgentState, EventReasonCode: 1 } }];`;

async function start(bench: Bench, agents: number): Promise<FlowProcess> {
  const simulator = new Simulator({ agents, traffic: 'off', automatic: false });
  const { host, portA } = await within('the simulated contact center', simulator.start());
  bench.after(() => simulator.stop());
  const session = 'bench-session-node';
  const nodeRed = await startNodeRed(bench, [
    sessionNode(portA, { hostA: host, mode: 'agents', agentLimit: AGENTS, agentIdle: 0 }),
    node('bench-driver-node', 'bench-driver', { wires: [['bench-which-node']] }),
    node('bench-which-node', 'function', {
      func: whichRequest(agents),
      outputs: 2,
      wires: [['bench-login-node'], ['bench-state-node']],
    }),
    node('bench-login-node', 'ctios-agent', {
      session,
      request: 'Login',
      linkWait: 30,
      wires: [['bench-driver-node']],
    }),
    node('bench-state-node', 'ctios-agent', { session, request: 'SetAgentState', wires: [['bench-driver-node']] }),
    node('bench-in-node', 'ctios-events', {
      session,
      interface: 'AllInOne',
      events: [],
      filter: [],
      split: 'one',
      properties: [],
      wires: [['bench-out-node']],
    }),
    node('bench-out-node', 'bench-sink', { wires: [] }),
  ]);
  return new FlowProcess(ged188, nodeRed, () => Promise.resolve());
}

export const manyAgents: BenchCase = {
  name: 'many-agents',
  about: `${AGENTS} agents log in through one Node-RED, each with a session of its own`,
  limitSeconds: 240,
  async run(bench) {
    const agents = bench.count(AGENTS);
    const flow = await start(bench, agents);
    await pause(SETTLE_MS);
    const before = await flow.seen();
    const logIns = await flow.drive(agents, { inFlight: IN_FLIGHT });
    await pause(SETTLE_MS);
    const after = await flow.seen();
    const all = await flow.drive(bench.count(REQUESTS), { inFlight: IN_FLIGHT });
    const paced = await flow.drive(bench.count(RATE * SECONDS), { rate: RATE });
    await until('the events of the requests', async () => ((await flow.seen(true)).count > 0 ? true : undefined));
    const at = (latencies: readonly number[], part: number) =>
      percentile(
        [...latencies].sort((a, b) => a - b),
        part,
      ) / 1000;
    const each = ((after.rssMegabytes - before.rssMegabytes) * 1000) / agents;
    return [
      {
        what: `${agents} agents log in through one Node-RED`,
        figure: `${(logIns.milliseconds / 1000).toFixed(1)} s; ${each.toFixed(0)} KB of memory for each`,
        p50: at(logIns.latencies, 0.5),
        p99: at(logIns.latencies, 0.99),
      },
      {
        what: `a request of one of ${agents} agents, ${IN_FLIGHT} in flight`,
        perSecond: (all.done / all.milliseconds) * 1000,
        p50: at(all.latencies, 0.5),
        p99: at(all.latencies, 0.99),
      },
      {
        what: `a request of one of ${agents} agents, ${RATE} per second`,
        p50: at(paced.latencies, 0.5),
        p99: at(paced.latencies, 0.99),
      },
    ];
  },
};
