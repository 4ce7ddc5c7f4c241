import type { Clock } from '../../../common/clock.js';
import { eventByName } from '../../../ctios/events/index.js';
import type { Filter } from '../../../ctios/filter.js';
import type { EventMessage } from '../../../ctios/transport.js';
import type { ObjectServer, Publication } from '../../object-server.js';
import { callOf, FollowedCalls, LiveCalls } from './followed-calls.js';

/** A client as the router sees it. */
export interface Recipient {
  readonly clientId: string;
  deliver(message: EventMessage): void;
}

/**
 * Decides who receives an event: all clients (system status), one client (responses), the clients of an agent or of the
 * device it is on, and monitor sessions whose filter passes it. Looks up agents and devices, so that thousands of
 * agent-mode clients do not slow down an event.
 */
export class Router {
  #all = new Map<string, Recipient>();
  #monitors = new Map<string, FollowedCalls>();
  /** By UniqueObjectID of agents and of devices. */
  #interested = new Map<string, Set<Recipient>>();
  /** The keys of `#interested` for each client. */
  #interests = new Map<string, Set<string>>();
  readonly #live: LiveCalls;

  /** Number of deliveries, one per recipient. */
  delivered = 0;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#live = new LiveCalls(clock);
  }

  add(recipient: Recipient): void {
    this.#all.set(recipient.clientId, recipient);
  }

  remove(recipient: Recipient): void {
    this.#all.delete(recipient.clientId);
    this.#monitors.delete(recipient.clientId);
    for (const id of this.#interests.get(recipient.clientId) ?? []) this.#dropInterest(recipient, id);
    this.#interests.delete(recipient.clientId);
  }

  /** Learns the calls that began before this router existed. */
  learn(server: ObjectServer): void {
    for (const publication of server.snapshot()) this.#live.note(publication);
  }

  /** From now on the client receives events that concern this agent or device. */
  watch(recipient: Recipient, objectId: string): void {
    let recipients = this.#interested.get(objectId);
    if (recipients === undefined) {
      recipients = new Set();
      this.#interested.set(objectId, recipients);
    }
    recipients.add(recipient);
    let interests = this.#interests.get(recipient.clientId);
    if (interests === undefined) {
      interests = new Set();
      this.#interests.set(recipient.clientId, interests);
    }
    interests.add(objectId);
  }

  unwatch(recipient: Recipient, objectId: string): void {
    this.#dropInterest(recipient, objectId);
    this.#interests.get(recipient.clientId)?.delete(objectId);
  }

  /**
   * Puts a client into monitor mode, or replaces the filter of one that is in it already.
   * @param server provides the objects
   * @param snapshot whether the client receives a snapshot of what exists already
   * @returns the events of that snapshot, to be sent before any others
   */
  monitor(recipient: Recipient, filter: Filter, server: ObjectServer, snapshot: boolean): EventMessage[] {
    const followed = new FollowedCalls(filter, this.#live, (message) => this.#give(recipient, message));
    this.#monitors.set(recipient.clientId, followed);
    const objects: EventMessage[] = [];
    // A filter for skill group statistics matches no events of calls and agents.
    if (!snapshot || (filter.skillGroupStatistics && filter.eventIds === undefined)) return objects;
    for (const publication of server.snapshot()) {
      this.#live.note(publication);
      if (followed.announceFromSnapshot(publication)) objects.push(publication);
    }
    this.delivered += objects.length;
    return objects;
  }

  /** Calls that have begun and not ended. */
  get liveCalls(): number {
    return this.#live.size;
  }

  /** The age of the oldest of them, in milliseconds. */
  get oldestCallMs(): number {
    return this.#live.oldestMs;
  }

  /** Older calls: the switch may have failed to report their end. */
  callsOlderThan(ms: number): number {
    return this.#live.olderThan(ms);
  }

  get monitors(): number {
    return this.#monitors.size;
  }

  publish(publication: Publication): void {
    const { to } = publication;
    if (to.client !== undefined) {
      const recipient = this.#all.get(to.client);
      if (recipient !== undefined) this.#give(recipient, publication);
      return;
    }
    if (to.everyone === true) {
      for (const recipient of this.#all.values()) this.#give(recipient, publication);
      return;
    }
    this.#live.note(publication);
    this.#toAgents(publication);
    if (to.agentModeOnly !== true) this.#toMonitors(publication);
    if (publication.event === 'OnCallEnd') {
      const id = callOf(publication.args);
      if (id !== undefined) this.#live.forget(id);
    }
  }

  #toAgents(publication: Publication): void {
    if (this.#interested.size === 0) return;
    const { agent, device } = publication.to;
    const byAgent = agent === undefined ? undefined : this.#interested.get(agent);
    const byDevice = device === undefined ? undefined : this.#interested.get(device);
    if (byAgent !== undefined) for (const recipient of byAgent) this.#give(recipient, publication);
    if (byDevice === undefined) return;
    for (const recipient of byDevice) if (!byAgent?.has(recipient)) this.#give(recipient, publication);
  }

  #toMonitors(publication: Publication): void {
    if (this.#monitors.size === 0) return;
    const definition = eventByName(publication.event);
    if (definition === undefined || !definition.monitorMode) return;
    for (const followed of this.#monitors.values()) followed.select(definition.eventId, publication);
  }

  #give(recipient: Recipient, message: EventMessage): void {
    this.delivered++;
    recipient.deliver(message);
  }

  #dropInterest(recipient: Recipient, objectId: string): void {
    const recipients = this.#interested.get(objectId);
    recipients?.delete(recipient);
    if (recipients?.size === 0) this.#interested.delete(objectId);
  }
}
