import { FlightRecorder, type FlightRecorderOptions } from '../../src/recording/index.js';
import { TestBed, type TestBedOptions } from '../support/test-bed.js';

export interface RecordedCenter {
  readonly bed: TestBed;
  readonly recorder: FlightRecorder;
}

/** An object server over a recorded link to a simulated contact center, in memory. */
export async function recordedCenter(
  options: Partial<FlightRecorderOptions> = {},
  bedOptions: TestBedOptions = { agents: 3 },
): Promise<RecordedCenter> {
  let recorder: FlightRecorder | undefined;
  const bed = await TestBed.open({
    ...bedOptions,
    observer: {
      dial: (dial, clock) => {
        recorder = new FlightRecorder({ clock, sideOf: ({ host }) => host as 'A' | 'B', ...options });
        return recorder.dial(dial);
      },
    },
  });
  return { bed, recorder: recorder! };
}

/** Agent 1001 answers a caller and hangs up. */
export async function oneCall(bed: TestBed, from = '0301234567', data: Record<string, string> = {}): Promise<void> {
  await bed.request('Login', undefined, { AgentID: '1001', AgentInstrument: '2001', AgentPassword: 'hunter2' });
  await bed.request('SetAgentState', 'agent.5000.1001', { AgentState: 3 });
  bed.simulator.run('placeCall', { from, data });
  await bed.run(3_000);
  bed.simulator.run('answer', { agent: '1001' });
  await bed.run(2_000);
  bed.simulator.run('hangUp', { agent: '1001' });
  await bed.run(2_000);
}
