import type { CallDataPatch, CommandOutcome } from '../state/api.js';
import { changeData } from '../state/call-data.js';
import { Cause, Direction, State } from '../state/codes.js';
import type { SwitchContext } from '../state/context.js';
import type { SimulatedAgent, SimulatedConnection } from '../state/entities.js';
import type { ConnectionRef } from '../state/events/values.js';
import { accept } from '../state/refusals.js';
import type { StatisticsKeeper } from '../statistics/statistics.js';

/**
 * After-call work: its timer, its statistics, and wrap-up data. If the desk settings require data, a call's end is
 * withheld at the agent until the data is set, the work is over, or the data timer has expired.
 */
export class Wrapups {
  #kept = new Map<string, { connection: SimulatedConnection; end: () => void }>();

  constructor(
    private readonly context: SwitchContext,
    private readonly statistics: StatisticsKeeper,
  ) {}

  /** The agent begins after-call work. @param timeIsUp called when the desk settings' time for it has passed */
  begin(agent: SimulatedAgent, timeIsUp: () => void): void {
    const { workModeTimer } = agent.desk;
    if (workModeTimer > 0) agent.workTimer = this.context.later(workModeTimer * 1000, timeIsUp);
  }

  /** The agent leaves a wrap-up state. */
  leave(agent: SimulatedAgent): void {
    if (agent.wrapup !== undefined) this.#release(agent.wrapup.connection);
  }

  /** The agent's previous calls no longer count. */
  forget(agent: SimulatedAgent): void {
    const wrapup = agent.wrapup;
    this.statistics.count(agent);
    if (wrapup === undefined) return;
    agent.wrapup = undefined;
    this.#release(wrapup.connection);
  }

  dataMissing(agent: SimulatedAgent): boolean {
    return (
      agent.desk.wrapupIncoming === 'requiredWithData' &&
      agent.wrapup?.direction === Direction.in &&
      (agent.wrapup.connection.call.data.wrapupData ?? '') === ''
    );
  }

  /** Withholds a call's end, if necessary. @param end publishes the end; called immediately or later, exactly once */
  end(connection: SimulatedConnection, end: () => void): void {
    const { agent } = connection;
    const keep =
      agent !== undefined &&
      agent.desk.wrapupIncoming === 'requiredWithData' &&
      agent.wrapup?.connection === connection &&
      connection.direction === Direction.in &&
      (connection.call.data.wrapupData ?? '') === '';
    if (!keep) {
      end();
      return;
    }
    const key = keyOf(connection.ref);
    this.#kept.set(key, { connection, end });
    this.context.later(this.context.settings.wrapupDataMs, () => this.#release(connection));
  }

  /** Data set on a call whose end is withheld; undefined if there is no such call. */
  setData(ref: ConnectionRef, patch: CallDataPatch): CommandOutcome | undefined {
    const kept = this.#kept.get(keyOf(ref));
    if (kept === undefined) return undefined;
    const { connection } = kept;
    const changed = changeData(connection.call.data, patch, this.context.world.dataRules);
    if (!changed.ok) return changed;
    connection.call.data = changed.value.data;
    this.context.events.tellCall(
      { kind: 'callDataUpdate', newConnection: connection.ref, changed: changed.value.changed },
      connection,
      Cause.none,
      [connection],
    );
    return accept();
  }

  /** Connections that are over but whose end has not been published. */
  kept(): Iterable<SimulatedConnection> {
    return [...this.#kept.values()].map((each) => each.connection);
  }

  #release(connection: SimulatedConnection): void {
    const key = keyOf(connection.ref);
    const kept = this.#kept.get(key);
    if (kept?.connection !== connection) return;
    this.#kept.delete(key);
    kept.end();
  }
}

function keyOf(ref: ConnectionRef): string {
  return `${ref.peripheralId}/${ref.callId}/${ref.deviceId}`;
}

/** Whether a state is one of after-call work. */
export function isWork(state: number): boolean {
  return state === State.workReady || state === State.workNotReady;
}
