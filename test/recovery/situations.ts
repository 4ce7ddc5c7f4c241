/** The situation in the contact center when the fault occurs. Agents 1001 to 1004 are logged in; 1001 is observed. */
import type { TestBed } from '../support/test-bed.js';

export interface Situation {
  name: string;
  /** The situation itself breaks the link: there is a gap to report in any case. */
  gap?: true;
  /** Prepares the situation. May return the outcome of a request that is pending when the fault occurs. */
  prepare(bed: TestBed): Promise<{ request?: Promise<unknown> }>;
}

const CUSTOMER = '2065550101';

async function ring(bed: TestBed): Promise<void> {
  // No other agent is available, so the call is routed to 1001.
  bed.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
  bed.simulator.run('placeCall', {
    to: '8001',
    from: CUSTOMER,
    data: { CallVariable1: 'A-17', 'user.Tier': 'gold' },
  });
  await bed.run(2_000);
}

async function talk(bed: TestBed): Promise<void> {
  await ring(bed);
  bed.simulator.run('answer', { agent: '1001' });
  await bed.run(500);
}

async function consult(bed: TestBed, purpose: 'transfer' | 'conference'): Promise<void> {
  await talk(bed);
  bed.simulator.run('consult', { agent: '1001', to: '2002', for: purpose });
  await bed.run(2_000);
  bed.simulator.run('answer', { agent: '1002' });
  await bed.run(500);
}

export const situations: readonly Situation[] = [
  { name: 'idle', prepare: async () => ({}) },
  {
    name: 'ringing',
    prepare: async (bed) => {
      await ring(bed);
      return {};
    },
  },
  {
    name: 'talking',
    prepare: async (bed) => {
      await talk(bed);
      return {};
    },
  },
  {
    name: 'mid-transfer',
    prepare: async (bed) => {
      await consult(bed, 'transfer');
      return {};
    },
  },
  {
    name: 'mid-conference',
    prepare: async (bed) => {
      await consult(bed, 'conference');
      bed.simulator.run('conference', { agent: '1001' });
      await bed.run(500);
      return {};
    },
  },
  {
    name: 'during snapshot',
    gap: true,
    prepare: async (bed) => {
      await talk(bed);
      bed.simulator.run('slowConfirmations', { ms: 400 });
      bed.simulator.run('breakLink', { how: 'close' });
      await bed.run(600);
      return {};
    },
  },
  {
    name: 'during login',
    prepare: async (bed) => {
      bed.simulator.run('slowConfirmations', { ms: 2_000 });
      const login = bed.session.request('Login', {
        target: 'agent.5000.1005',
        args: { AgentID: '1005', AgentInstrument: '2005', PeripheralID: 5000 },
      });
      login.catch(() => {});
      await bed.run(500);
      return { request: login };
    },
  },
];
