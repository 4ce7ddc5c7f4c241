/**
 * Small snapshots of what turns up while life goes on: a call of which nobody told the beginning, a phone at which
 * somebody sits down. No message waits for them; whatever is told meanwhile is newer than what they answer.
 */

import { callObjectId } from '../../../ctios/index.js';
import type { Message } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { Context } from '../core/context.js';
import type { Reconciliation } from './reconciliation.js';
import { deviceName, type Snapshot, type SnapshotTaker } from './snapshot-taker.js';

/** Three times more: with the usual 15 s, the last answer may take two minutes. */
const MAX_ATTEMPTS = 8;

export class PartialSnapshots {
  /** How many are being taken. */
  #underWay = 0;
  /** Calls that ended or got another name while any is being taken: UniqueObjectID and order of arrival. */
  readonly #left = new Map<string, number>();
  /** Phones whose calls have been asked for since the link is up, as `<PeripheralID>.<instrument>`. */
  readonly #phones = new Set<string>();

  /** @param current says whether answers to what was asked when it was called are still of the link in use */
  constructor(
    private readonly context: Context,
    private readonly taker: SnapshotTaker,
    private readonly reconciliation: Reconciliation,
    private readonly current: () => () => boolean,
  ) {}

  /** Takes up what a small snapshot says. Ends when its answers are in the objects. */
  adopt(take: (taker: SnapshotTaker) => Promise<Snapshot>): Promise<void> {
    const adopted = this.#adopt(take);
    this.context.background(adopted);
    return adopted;
  }

  async #adopt(take: (taker: SnapshotTaker) => Promise<Snapshot>): Promise<void> {
    const current = this.current();
    this.watch();
    try {
      const snapshot = await take(this.taker);
      if (!current()) return;
      this.dropOutdated(snapshot);
      this.asked(snapshot);
      this.reconciliation.apply(snapshot, new Set());
      this.context.staleButtons.flush();
      this.askAgain(snapshot);
    } finally {
      this.unwatch();
    }
  }

  /** From here on notes which calls leave, until as many times {@link unwatch} is called. */
  watch(): void {
    this.#underWay++;
  }

  unwatch(): void {
    if (--this.#underWay === 0) this.#left.clear();
  }

  /** Takes out of a snapshot the calls that have left since they were answered. */
  dropOutdated(snapshot: Snapshot): void {
    for (const [id, arrival] of this.#left) {
      if ((snapshot.calls.get(id)?.asOf ?? arrival) < arrival) snapshot.calls.delete(id);
    }
  }

  /** Takes note of a message that has been applied: an answer of before it must not bring back the call that it ended. */
  note(message: Message): void {
    if (this.#underWay === 0) return;
    if (message.type !== 'END_CALL_EVENT' && message.type !== 'CALL_DATA_UPDATE_EVENT') return;
    const id = callObjectId(message.PeripheralID, message.ConnectionCallID, message.ConnectionDeviceID ?? '');
    if (message.type === 'CALL_DATA_UPDATE_EVENT' && this.context.world.calls.byId(id) !== undefined) return;
    this.#left.set(id, this.context.order.current);
  }

  /**
   * An agent sits down at a phone. Nobody listed the phones where no one was logged in: calls that were there before the
   * link, or came in a gap, are asked for, once for each phone.
   */
  seated(agent: ServerAgent): void {
    const { device } = agent;
    if (device === undefined || this.#phones.has(deviceName(device.peripheralId, device.instrument))) return;
    this.#phones.add(deviceName(device.peripheralId, device.instrument));
    void this.adopt((taker) => taker.device(device.peripheralId, device.instrument));
  }

  /** What a snapshot was not answered in time is asked for again, a few times, each time more patiently. */
  askAgain(snapshot: Snapshot): void {
    if (snapshot.unanswered.length === 0 || snapshot.patience >= MAX_ATTEMPTS) return;
    void this.adopt((taker) => taker.again(snapshot));
  }

  /** Phones of which a snapshot has told the calls. */
  asked(snapshot: Snapshot): void {
    for (const phone of snapshot.devices.keys()) this.#phones.add(phone);
  }

  /** Nobody listened for a while: of no phone is it known what is there. */
  forget(peripheralId: number | undefined): void {
    for (const phone of this.#phones) {
      if (peripheralId === undefined || phone.startsWith(`${peripheralId}.`)) this.#phones.delete(phone);
    }
  }
}
