/** What goes on in the contact center when the fault strikes. Agents 1001 to 1004 serve; 1001 is the one looked at. */
import type { Stage } from './stage.js';

export interface Situation {
  name: string;
  /** It breaks the link itself: there is a gap to report, whatever comes next. */
  gap?: true;
  /** Brings the center there. May give the outcome of a request that is under way when the fault strikes. */
  prepare(stage: Stage): Promise<{ request?: Promise<unknown> }>;
}

const CUSTOMER = '2065550101';

async function ring(stage: Stage): Promise<void> {
  // Nobody else is available: the call goes to 1001.
  stage.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
  stage.simulator.run('placeCall', {
    to: '8001',
    from: CUSTOMER,
    data: { CallVariable1: 'A-17', 'user.Tier': 'gold' },
  });
  await stage.run(2_000);
}

async function talk(stage: Stage): Promise<void> {
  await ring(stage);
  stage.simulator.run('answer', { agent: '1001' });
  await stage.run(500);
}

async function consult(stage: Stage, purpose: 'transfer' | 'conference'): Promise<void> {
  await talk(stage);
  stage.simulator.run('consult', { agent: '1001', to: '2002', for: purpose });
  await stage.run(2_000);
  stage.simulator.run('answer', { agent: '1002' });
  await stage.run(500);
}

export const situations: readonly Situation[] = [
  { name: 'idle', prepare: async () => ({}) },
  {
    name: 'ringing',
    prepare: async (stage) => {
      await ring(stage);
      return {};
    },
  },
  {
    name: 'talking',
    prepare: async (stage) => {
      await talk(stage);
      return {};
    },
  },
  {
    name: 'mid-transfer',
    prepare: async (stage) => {
      await consult(stage, 'transfer');
      return {};
    },
  },
  {
    name: 'mid-conference',
    prepare: async (stage) => {
      await consult(stage, 'conference');
      stage.simulator.run('conference', { agent: '1001' });
      await stage.run(500);
      return {};
    },
  },
  {
    name: 'during snapshot',
    gap: true,
    prepare: async (stage) => {
      await talk(stage);
      stage.simulator.run('slowConfirmations', { ms: 400 });
      stage.simulator.run('breakLink', { how: 'close' });
      await stage.run(600);
      return {};
    },
  },
  {
    name: 'during login',
    prepare: async (stage) => {
      stage.simulator.run('slowConfirmations', { ms: 2_000 });
      const login = stage.session.request('Login', {
        target: 'agent.5000.1005',
        args: { AgentID: '1005', AgentInstrument: '2005', PeripheralID: 5000 },
      });
      login.catch(() => {});
      await stage.run(500);
      return { request: login };
    },
  },
];
