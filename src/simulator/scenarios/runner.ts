/** Runs a scenario step by step on the simulator's clock. */
import type { Clock, Timer } from '../../common/clock.js';
import { type Machine, runTable } from '../../common/machine.js';
import { agentStateNumber } from '../commands/agents.js';
import { CommandError } from '../commands/definition.js';
import type { CallView, WorldView } from '../model/state/types.js';
import type { Center } from '../server/center.js';
import { isReference } from './check.js';
import type { CallPhase, DoStep, Scenario, ScenarioStep, UntilStep } from './format.js';
import { type RunnerActions, type RunnerSignal, type RunnerState, runnerTable } from './runner-states.js';

/** The progress of a scenario, for display and for programs. */
export interface ScenarioProgress {
  readonly name: string;
  readonly state: RunnerState;
  /** The current step, from 0. */
  readonly step: number;
  readonly steps: number;
  /** Why it failed: "step 4 (answer): agent 1001 has no ringing call". */
  readonly error?: string;
}

const DEFAULT_WAIT_SECONDS = 60;

export class ScenarioRunner implements RunnerActions {
  readonly #machine: Machine<RunnerState, Record<RunnerSignal, undefined>>;
  readonly #results = new Map<string, object>();
  #scenario: Scenario | undefined;
  #index = 0;
  #startedAt = 0;
  #timer: Timer | undefined;
  #unsubscribe: (() => void) | undefined;
  #error: string | undefined;

  constructor(
    private readonly center: Center,
    private readonly clock: Clock,
    private readonly run: (command: string, args: Readonly<Record<string, unknown>>) => object,
    /** Called when a scenario has ended, successfully or not. */
    private readonly ended: (progress: ScenarioProgress) => void,
  ) {
    this.#machine = runTable<RunnerState, Record<RunnerSignal, undefined>, RunnerActions>(
      runnerTable,
      'idle',
      this,
      (to) => {
        if (to === 'finished' || to === 'failed') this.ended(this.progress!);
      },
    );
  }

  get progress(): ScenarioProgress | undefined {
    const scenario = this.#scenario;
    if (scenario === undefined) return undefined;
    return {
      name: scenario.name,
      state: this.#machine.state,
      step: Math.min(this.#index, scenario.steps.length - 1),
      steps: scenario.steps.length,
      ...(this.#error !== undefined && { error: this.#error }),
    };
  }

  get running(): boolean {
    return this.#machine.state === 'pausing' || this.#machine.state === 'waiting';
  }

  /** @param scenario a valid one */
  start(scenario: Scenario): void {
    this.stop();
    this.#scenario = scenario;
    this.#machine.signal('start');
  }

  /** @returns whether one was running */
  stop(): boolean {
    return this.running && this.#machine.signal('stop');
  }

  begin(): void {
    this.#index = 0;
    this.#error = undefined;
    this.#results.clear();
    this.#startedAt = this.clock.now();
    this.#schedule();
  }

  /** Runs the current step, or starts waiting for its condition. */
  perform(): void {
    const step = this.#step();
    if (step === undefined) {
      this.#machine.signal('done');
      return;
    }
    if ('until' in step) this.#machine.signal('wait');
    else this.#do(step);
  }

  watch(): void {
    const step = this.#step() as UntilStep;
    this.#unsubscribe = this.center.listen(() => this.#machine.signal('happened'));
    const seconds = step.atMost ?? DEFAULT_WAIT_SECONDS;
    this.#timer = this.clock.after(seconds * 1000, () => this.#machine.signal('tooLate'));
    this.#machine.signal('happened');
  }

  isSo(): boolean {
    const { until } = this.#step() as UntilStep;
    if ('agent' in until) {
      const wanted = agentStateNumber(until.is);
      for (const peripheral of this.center.peripherals()) {
        const agent = this.center.agent(peripheral.id, until.agent);
        if (agent) return agent.state === wanted;
      }
      return false;
    }
    return phaseOf(this.center, Number(this.#resolve(until.call))).includes(until.is);
  }

  advance(): void {
    this.#release();
    this.#index++;
    const scenario = this.#scenario!;
    if (this.#index >= scenario.steps.length && scenario.repeatAfter !== undefined) {
      this.#timer = this.clock.after(scenario.repeatAfter * 1000, () => {
        this.begin();
      });
      return;
    }
    this.#schedule();
  }

  giveUp(): void {
    const { until, atMost = DEFAULT_WAIT_SECONDS } = this.#step() as UntilStep;
    const what = 'agent' in until ? `agent ${until.agent}` : `call ${until.call}`;
    this.#fail(`after ${atMost} s ${what} is still not "${until.is}"`);
    this.end();
  }

  end(): void {
    this.#release();
  }

  #do(step: DoStep): void {
    try {
      const args = Object.entries(step.with ?? {}).map(([name, value]) => [name, this.#resolve(value)] as const);
      const result = this.run(step.do, Object.fromEntries(args));
      if (step.as !== undefined) this.#results.set(step.as, result);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      if (step.refused && error.code === 'SIM_REFUSED') this.#machine.signal('next');
      else {
        this.#fail(error.message);
        this.#machine.signal('fail');
      }
      return;
    }
    if (step.refused) {
      this.#fail('was expected to be refused, and was not');
      this.#machine.signal('fail');
    } else this.#machine.signal('next');
  }

  #fail(why: string): void {
    const step = this.#step();
    const name = step && 'do' in step ? step.do : 'until';
    this.#error = `step ${this.#index + 1} (${name}): ${why}`;
  }

  #step(): ScenarioStep | undefined {
    return this.#scenario?.steps[this.#index];
  }

  #schedule(): void {
    const step = this.#step();
    const at = step?.at;
    const wait = at !== undefined ? this.#startedAt + at * 1000 - this.clock.now() : (step?.after ?? 0) * 1000;
    this.#timer = this.clock.after(Math.max(0, wait), () => this.#machine.signal('due'));
  }

  #release(): void {
    this.#timer?.cancel();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** "$customer" is the call of that step's result; "$customer.state" any other part of it. */
  #resolve(value: unknown): unknown {
    if (!isReference(value)) return value;
    const [name, field = 'call'] = value.slice(1).split('.');
    return (this.#results.get(name!) as Record<string, unknown> | undefined)?.[field];
  }
}

/** The states of a call: several may apply at once, "talking" for one party and "held" for another. */
function phaseOf(center: WorldView, callId: number): CallPhase[] {
  let call: CallView | undefined;
  for (const { id } of center.peripherals()) call ??= center.callByAnyId(id, callId);
  if (call === undefined) return ['ended'];
  const phones = call.connections.filter((each) => each.kind === 'agentPhone' || each.kind === 'phone');
  const has = (state: number) => phones.some((each) => each.state === state);
  const phases: CallPhase[] = [];
  if (has(2)) phases.push('ringing');
  if (has(3) && !has(2)) phases.push('talking');
  if (has(4)) phases.push('held');
  if (call.connections.some((each) => each.kind === 'queue' || each.state === 5)) phases.push('queued');
  return phases;
}
