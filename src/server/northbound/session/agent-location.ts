import { AgentState } from '../../../ctios/enums/agent.js';
import { constants } from '../../../ctios/enums/index.js';
import { isOtherMedia } from '../../../ctios/media.js';
import type { Args, EventMessage } from '../../../ctios/transport.js';
import { agentObjectId, deviceObjectId } from '../../../ctios/unique-object-id.js';
import type { Recipient, Router } from '../routing/router.js';

const State = constants(AgentState);

/**
 * The location of an agent-mode client's agent. Calls are addressed to devices, and the agent's own events show which
 * one it is on. Keeps the router informed of both. Once an agent logs out or moves, later events of the device do not
 * concern it, but the calls that the client knows continue there and must end.
 */
export class AgentLocation {
  /** UniqueObjectID of the agent, once it is set. */
  agent: string | undefined;
  /** The response to the query by SetAgent: contains the device that the agent uses. */
  #stateAtSetAgent: Args = {};
  /** Many agent events name the instrument but not the state: desk settings do, even after log-out. */
  #loggedOut = false;
  /** Devices that the agent is on, by UniqueObjectID. */
  readonly #devices = new Set<string>();
  /** Devices that the agent has left, as long as known calls remain there. */
  readonly #left = new Set<string>();
  /** Calls that the client knows, with their device, by UniqueObjectID. */
  readonly #calls = new Map<string, string>();

  constructor(
    private readonly recipient: Recipient,
    private readonly router: Router,
  ) {}

  /** The response to the query that SetAgent sends to the switch. */
  asked(state: Args): void {
    this.#stateAtSetAgent = state;
  }

  /** @param args of SetAgent. @param confirmation the arguments of its confirmation */
  take(args: Args, confirmation: Args | undefined): void {
    const known = { ...args, ...this.#stateAtSetAgent, ...confirmation };
    const id = known.UniqueObjectID;
    this.agent = typeof id === 'string' ? id : agentObjectId(Number(known.PeripheralID), String(known.AgentID));
    this.router.watch(this.recipient, this.agent);
    this.#note(known);
  }

  /**
   * Inspects an event on its way to the client.
   * @returns whether to deliver it: from a device that the agent has left, only events of known calls
   */
  follow({ event, args }: EventMessage): boolean {
    if (this.agent === undefined) return true;
    const { UniqueObjectID: id, DeviceUniqueObjectID: device } = args;
    // An agent who logs out of chat is still at the phone.
    if (id === this.agent && !isOtherMedia(args)) this.#note(args);
    // A response requested by another client may contain the agent's device before any event of the agent does.
    if (event === 'OnSnapshotDeviceConf' && args.FilterTarget === this.agent && typeof id === 'string') this.#sitAt(id);
    // An event of a monitored agent is not about the client's own agent.
    if (typeof id !== 'string' || typeof device !== 'string' || args.Monitored === true) return true;
    const old = args.OldUniqueObjectID;
    if (typeof old === 'string' && this.#calls.delete(old)) this.#calls.set(id, device);
    const known = this.#calls.has(id);
    if (!known && this.#left.has(device)) return false;
    if (event === 'OnCallEnd') {
      if (this.#calls.delete(id) && this.#left.has(device)) this.#drop(device);
    } else if (!known && (event === 'OnCallBegin' || event === 'OnSnapshotCallConf')) this.#calls.set(id, device);
    return true;
  }

  #note({ AgentState, PeripheralID, AgentInstrument, AgentExtension }: Args): void {
    const here = new Set<string>();
    if (AgentState !== undefined) this.#loggedOut = AgentState === State.eLogout;
    if (!this.#loggedOut) {
      const peripheral = Number(PeripheralID ?? this.agent?.split('.')[1]);
      for (const instrument of [AgentInstrument, AgentExtension]) {
        if (typeof instrument === 'string' && instrument !== '') here.add(deviceObjectId(peripheral, instrument));
      }
      // It contains only the state, not the location.
      if (here.size === 0) return;
    }
    for (const device of this.#devices) if (!here.has(device)) this.#leave(device);
    for (const device of here) this.#enter(device);
  }

  #sitAt(device: string): void {
    this.#loggedOut = false;
    for (const each of this.#devices) if (each !== device) this.#leave(each);
    this.#enter(device);
  }

  #enter(device: string): void {
    this.#left.delete(device);
    if (this.#devices.has(device)) return;
    this.#devices.add(device);
    this.router.watch(this.recipient, device);
  }

  #leave(device: string): void {
    this.#devices.delete(device);
    this.#left.add(device);
    this.#drop(device);
  }

  /** After the last known call there has ended, the device no longer concerns the client. */
  #drop(device: string): void {
    for (const phone of this.#calls.values()) if (phone === device) return;
    this.#left.delete(device);
    this.router.unwatch(this.recipient, device);
  }
}
