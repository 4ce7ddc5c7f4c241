import { FlightRecorder, type FlightRecorderOptions } from '../../src/recording/index.js';
import type { SimulatorOptions } from '../../src/simulator/index.js';
import { WholeCenter } from '../server/objects/whole-center.js';

export interface RecordedCenter {
  readonly center: WholeCenter;
  readonly recorder: FlightRecorder;
}

/** An object server over a recorded link to a simulated contact center, in memory. */
export async function recordedCenter(
  options: Partial<FlightRecorderOptions> = {},
  simulator: SimulatorOptions = { agents: 3 },
  version?: number,
): Promise<RecordedCenter> {
  let recorder: FlightRecorder | undefined;
  const center = await WholeCenter.started(simulator, {}, version, (dial, clock) => {
    recorder = new FlightRecorder({
      clock,
      sideOf: ({ host }) => (host === 'a' ? 'A' : 'B'),
      ...options,
    });
    return recorder.dial(dial);
  });
  return { center, recorder: recorder! };
}

/** A caller is answered by agent 1001 and hangs up. */
export async function oneCall(
  center: WholeCenter,
  from = '0301234567',
  data: Record<string, string> = {},
): Promise<void> {
  await center.request('Login', undefined, { AgentID: '1001', AgentInstrument: '2001', AgentPassword: 'hunter2' });
  await center.request('SetAgentState', 'agent.5000.1001', { AgentState: 3 });
  center.simulator.run('placeCall', { from, data });
  await center.run(3_000);
  center.simulator.run('answer', { agent: '1001' });
  await center.run(2_000);
  center.simulator.run('hangUp', { agent: '1001' });
  await center.run(2_000);
}
