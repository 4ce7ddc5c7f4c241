/**
 * Small snapshots for what becomes known during operation: a call whose beginning was not observed, a phone at which an
 * agent logs in. No message waits for them; anything reported meanwhile is newer than their responses.
 */

import { callObjectId } from '../../../ctios/index.js';
import type { Message } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { Context } from '../core/context.js';
import type { Reconciliation } from './reconciliation.js';
import { deviceName, type Snapshot, type SnapshotTaker } from './snapshot-taker.js';

/** Three more attempts: with the usual 15 s, the last response may take two minutes. */
const MAX_ATTEMPTS = 8;

export class PartialSnapshots {
  /** How many are in progress. */
  #underWay = 0;
  /** Calls that ended or were renamed while one was in progress: UniqueObjectID and sequence. */
  readonly #left = new Map<string, number>();
  /** Phones whose calls have been queried since the link is up, as `<PeripheralID>.<instrument>`. */
  readonly #phones = new Set<string>();

  /**
   * @param current whether responses to queries sent at the time of the call still belong to the current link
   * @param whole settles when no whole snapshot is being compared
   */
  constructor(
    private readonly context: Context,
    private readonly taker: SnapshotTaker,
    private readonly reconciliation: Reconciliation,
    private readonly current: () => () => boolean,
    private readonly whole: () => Promise<void> | undefined,
  ) {}

  /**
   * Applies a small snapshot to the objects.
   * @param adopted called when its answers are in the objects
   */
  adopt(take: (taker: SnapshotTaker) => Promise<Snapshot>, adopted: () => void = () => {}): void {
    this.context.background(this.#adopt(take).then(adopted));
  }

  async #adopt(take: (taker: SnapshotTaker) => Promise<Snapshot>): Promise<void> {
    const current = this.current();
    this.watch();
    try {
      const snapshot = await take(this.taker);
      for (let busy = this.whole(); busy !== undefined; busy = this.whole()) await busy;
      if (!current()) return;
      this.dropOutdated(snapshot);
      this.asked(snapshot);
      this.reconciliation.apply(snapshot);
      this.context.buttonUpdates.flush();
      this.askAgain(snapshot);
    } finally {
      this.unwatch();
    }
  }

  /** Starts recording which calls leave, until {@link unwatch} has been called as many times. */
  watch(): void {
    this.#underWay++;
  }

  unwatch(): void {
    if (--this.#underWay === 0) this.#left.clear();
  }

  /** Removes from a snapshot the calls that have left since their response. */
  dropOutdated(snapshot: Snapshot): void {
    for (const [id, arrival] of this.#left) {
      if ((snapshot.calls.get(id)?.asOf ?? arrival) < arrival) snapshot.calls.delete(id);
    }
  }

  /** Records that a message was applied: an earlier response must not restore the call that it ended. */
  note(message: Message): void {
    if (this.#underWay === 0) return;
    if (message.type !== 'END_CALL_EVENT' && message.type !== 'CALL_DATA_UPDATE_EVENT') return;
    const id = callObjectId(message.PeripheralID, message.ConnectionCallID, message.ConnectionDeviceID ?? '');
    if (message.type === 'CALL_DATA_UPDATE_EVENT' && this.context.world.calls.byId(id) !== undefined) return;
    this.#left.set(id, this.context.order.current);
  }

  /**
   * An agent logs in at a phone. Phones without an agent were not listed, so calls that existed before the link, or
   * began during a gap, are queried, once per phone.
   */
  seated(agent: ServerAgent): void {
    const { device } = agent;
    if (device === undefined || this.#phones.has(deviceName(device.peripheralId, device.instrument))) return;
    this.#phones.add(deviceName(device.peripheralId, device.instrument));
    this.adopt((taker) => taker.device(device.peripheralId, device.instrument));
  }

  /** Queries that were not answered in time are repeated a few times, with increasing time-outs. */
  askAgain(snapshot: Snapshot): void {
    if (snapshot.unanswered.length === 0 || snapshot.patience >= MAX_ATTEMPTS) return;
    this.adopt((taker) => taker.again(snapshot));
  }

  /** Phones whose calls a snapshot has listed. */
  asked(snapshot: Snapshot): void {
    for (const phone of snapshot.devices.keys()) this.#phones.add(phone);
  }

  /** There was a gap: the calls at all phones are unknown. */
  forget(peripheralId: number | undefined): void {
    for (const phone of this.#phones) {
      if (peripheralId === undefined || phone.startsWith(`${peripheralId}.`)) this.#phones.delete(phone);
    }
  }
}
