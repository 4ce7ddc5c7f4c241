/**
 * After a link came up without seamlessly continuing another one: determines the current state and what has changed.
 * Live messages of the new session that arrive while the snapshot is taken wait, and are applied in order after it.
 *
 * They wait because they can be processed completely once the agents and calls they name are known. Waiting is not
 * required for correctness: a response that is older than an event is ignored (`reconciliation.ts`). So if more arrive
 * than may be held, they are applied, later ones are applied as they arrive, and OnConnectionGap reports how many
 * events came before the snapshot.
 */

import { PortionedWork } from '../../../common/portioned-work.js';
import type { Args } from '../../../ctios/index.js';
import { AgentState, type Message } from '../../../ged188/index.js';
import type { LinkDown, LinkUp } from '../../southbound/link-api.js';
import type { Context } from '../core/context.js';
import type { AgentTracker } from '../tracking/agent-tracker.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import type { ConfigurationUpload } from '../tracking/configuration.js';
import { concernsSnapshot, HeldMessages } from './held-messages.js';
import { PartialSnapshots } from './partial-snapshots.js';
import { type Changes, noChanges, Reconciliation } from './reconciliation.js';
import { type AgentName, type Snapshot, SnapshotTaker } from './snapshot-taker.js';

const NONE: ReadonlySet<string> = new Set();

interface Gap {
  /** Milliseconds since the epoch. */
  since: number;
  fromSide: string | undefined;
  reason: string;
}

/** Called once the objects are correct again. */
export interface RecoveryOwner {
  apply(message: Message): void;
  recovered(): void;
}

export class Recovery {
  /** Queries for calls and phones that become known during operation. */
  readonly small: PartialSnapshots;
  readonly #taker: SnapshotTaker;
  readonly #held: HeldMessages;
  /** A snapshot is being taken. */
  #taking = false;
  /** Number of messages applied before the snapshot was complete; undefined while all of them could be held. */
  #passed: number | undefined;
  #gap: Gap | undefined;
  #complete = false;
  #lastSide: 'A' | 'B' | undefined;
  /** Since when peripherals are off-line. */
  readonly #offlineSince = new Map<number, number>();
  /** Agents who became known after the snapshot had begun to query agents. */
  readonly #latecomers = new Set<AgentName>();
  /** Counts attempts: an attempt is void if its link is gone by the time of the response. */
  #attempt = 0;
  readonly #reconciliation: Reconciliation;
  /** The comparison of a snapshot with the objects, in portions. */
  #comparison: PortionedWork | undefined;

  constructor(
    private readonly context: Context,
    calls: CallTracker,
    agents: AgentTracker,
    private readonly configuration: ConfigurationUpload,
    private readonly owner: RecoveryOwner,
  ) {
    this.#taker = new SnapshotTaker(context);
    this.#reconciliation = new Reconciliation(context, calls, agents);
    this.#held = new HeldMessages(context, calls, (message) => owner.apply(message));
    const current = () => {
      const attempt = this.#attempt;
      return () => attempt === this.#attempt;
    };
    this.small = new PartialSnapshots(context, this.#taker, this.#reconciliation, current, () =>
      this.#comparison?.ended.catch(() => {}),
    );
  }

  /** A snapshot has been taken on this link: the objects match the contact center. */
  get complete(): boolean {
    return this.#complete;
  }

  /** False while the objects may be incorrect. */
  get settled(): boolean {
    return !this.#taking;
  }

  linkDown(down: LinkDown): void {
    this.#comparison?.finishNow();
    this.#attempt++;
    this.#held.discard();
    this.#over();
    this.#complete = false;
    this.configuration.abort();
    this.#gap ??= { since: down.heardAt ?? this.context.clock.now(), fromSide: this.#lastSide, reason: down.reason };
  }

  linkUp(up: LinkUp): void {
    this.#lastSide = up.side;
    // Nothing was missed. What was missed before is still being queried, or will be when its peripheral is back.
    if (up.seamless) {
      this.configuration.continues(up.version);
      return;
    }
    this.#begin(up.version, undefined);
  }

  /** A peripheral was off-line: what happened on it meanwhile was not reported. */
  peripheralBack(peripheralId: number): void {
    const { up } = this.context.link;
    if (up === undefined) return;
    this.#comparison?.finishNow();
    this.#gap ??= {
      since: this.#offlineSince.get(peripheralId) ?? this.context.clock.now(),
      fromSide: up.side,
      reason: `peripheral ${peripheralId} was offline`,
    };
    this.#offlineSince.delete(peripheralId);
    // A snapshot in progress has queried while the peripheral was off-line, so everything is queried again.
    this.#begin(up.version, this.settled ? peripheralId : undefined);
  }

  peripheralAway(peripheralId: number): void {
    this.#offlineSince.set(peripheralId, this.context.clock.now());
    this.#forgetStateBeginnings(peripheralId);
  }

  /** @returns whether the message must wait */
  defers(message: Message): boolean {
    const arrival = this.context.order.next();
    if (!this.#taking || !concernsSnapshot(message)) return false;
    if (this.#held.holding && this.#held.length >= this.context.settings.snapshotHold) {
      if (this.#comparison === undefined) this.#passAll();
      else {
        // All responses have arrived: completing the comparison costs no more than continuing without it.
        this.#comparison.finishNow();
        this.context.order.current = arrival;
        return false;
      }
    }
    if (!this.#held.holding) {
      this.#passed!++;
      this.context.order.current = arrival;
      return false;
    }
    this.#held.hold(message, arrival);
    return true;
  }

  /** More messages have arrived than may wait: the snapshot continues in parallel. */
  #passAll(): void {
    this.#gap ??= {
      since: this.context.clock.now(),
      fromSide: this.#lastSide,
      reason: `more than ${this.context.settings.snapshotHold} events arrived while the snapshot was taken`,
    };
    this.#passed = this.#held.length;
    this.small.watch();
    this.#held.release(NONE);
  }

  /** No snapshot is in progress any longer. */
  #over(): void {
    this.#taking = false;
    if (this.#passed === undefined) return;
    this.#passed = undefined;
    this.small.unwatch();
  }

  /** An agent of whom only the name is known. */
  unknownAgent(agent: AgentName): void {
    if (this.settled || this.#comparison !== undefined) void this.small.adopt((taker) => taker.take([agent], []));
    else this.#latecomers.add(agent);
  }

  /** Agents have become known long after the snapshot. */
  latecomers(): void {
    const unknown = [...this.context.world.agents].filter(({ state }) => state === AgentState.AGENT_STATE_UNKNOWN);
    if (unknown.length === 0) return;
    if (this.settled || this.#comparison !== undefined) void this.small.adopt((taker) => taker.take(unknown, []));
    else for (const agent of unknown) this.#latecomers.add(agent);
  }

  #begin(version: number, peripheralId: number | undefined): void {
    const attempt = ++this.#attempt;
    this.#taking = true;
    this.#forgetStateBeginnings(peripheralId);
    if (this.#passed === undefined) this.#held.start();
    this.#latecomers.clear();
    const taken = this.#take(version, peripheralId, attempt).catch((error: unknown) => {
      // A bug must not leave the objects waiting forever.
      if (attempt === this.#attempt) {
        this.#over();
        this.#held.release(NONE);
      }
      throw error;
    });
    this.context.background(taken);
  }

  /** An agent may have left its state and entered it again unobserved. */
  #forgetStateBeginnings(peripheralId: number | undefined): void {
    for (const agent of this.context.world.agents) {
      if (peripheralId === undefined || agent.peripheralId === peripheralId) agent.stateSince = undefined;
    }
  }

  async #take(version: number, peripheralId: number | undefined, attempt: number): Promise<void> {
    const { world } = this.context;
    const configured = peripheralId !== undefined || (await this.configuration.request(version));
    if (attempt !== this.#attempt) return;
    const agents = this.#agentsToAsk(peripheralId);
    const known = [...world.calls].filter((call) => peripheralId === undefined || call.peripheralId === peripheralId);
    const snapshot = await this.#taker.take(agents, known);
    for (const agent of agents) this.#latecomers.delete(agent);
    if (this.#latecomers.size > 0) await this.#taker.take(this.#latecomers, [], snapshot);
    if (attempt !== this.#attempt) return;
    if (!configured && agents.length === 0) snapshot.notEnumerated.push('agents');
    this.small.forget(peripheralId);
    this.small.asked(snapshot);
    await this.#compare(snapshot);
    if (attempt === this.#attempt) this.small.askAgain(snapshot);
  }

  #agentsToAsk(peripheralId: number | undefined): AgentName[] {
    const { world, settings } = this.context;
    for (const agentId of settings.agents) world.agents.at(settings.peripheralId, agentId);
    for (const team of world.teams) {
      for (const member of team.members.values()) world.agents.at(team.peripheralId, member.agentId);
    }
    const agents: AgentName[] = [];
    for (const agent of world.agents) {
      if (peripheralId === undefined || agent.peripheralId === peripheralId) agents.push(agent);
    }
    return agents;
  }

  /** Messages that arrive meanwhile wait; if none have to wait, the comparison is completed at once. */
  async #compare(snapshot: Snapshot): Promise<void> {
    const comparison = new PortionedWork(this.context.clock, this.#finish(snapshot));
    if (comparison.underWay) this.#comparison = comparison;
    if (!this.#held.holding) comparison.finishNow();
    await comparison.ended.finally(() => {
      if (this.#comparison === comparison) this.#comparison = undefined;
    });
  }

  *#finish(snapshot: Snapshot): Generator<void> {
    const begun = this.#held.callsBegun();
    this.#held.followRenames(snapshot);
    this.small.dropOutdated(snapshot);
    const changes = noChanges();
    yield* this.#reconciliation.inPortions(snapshot, begun, changes);
    this.#comparison = undefined;
    this.#complete = true;
    this.#tellGap(changes, snapshot.notEnumerated);
    this.#over();
    this.#held.release(new Set(snapshot.agents.map(({ peripheralId, agentId }) => `${peripheralId}.${agentId}`)));
    this.owner.recovered();
    this.context.buttonUpdates.flush();
  }

  #tellGap(changes: Changes, notEnumerated: readonly string[]): void {
    const gap = this.#gap;
    this.#gap = undefined;
    if (gap === undefined) return;
    const args: Args = {
      From: new Date(gap.since).toISOString(),
      To: new Date(this.context.clock.now()).toISOString(),
      Reason: gap.reason,
      CallsNew: changes.callsNew,
      CallsChanged: changes.callsChanged,
      CallsEnded: changes.callsEnded,
      AgentsChanged: changes.agentsChanged,
      Changed: truths(changes.changed),
    };
    if (this.#passed !== undefined) args.EventsBeforeSnapshot = this.#passed;
    if (gap.fromSide !== undefined) args.FromSide = gap.fromSide;
    if (this.#lastSide !== undefined) args.ToSide = this.#lastSide;
    if (notEnumerated.length > 0) args.NotEnumerated = truths(notEnumerated);
    this.context.publisher.publish('OnConnectionGap', args, { everyone: true });
  }
}

function truths(ids: readonly string[]): Args {
  const args: Args = {};
  for (const id of ids) args[id] = true;
  return args;
}
