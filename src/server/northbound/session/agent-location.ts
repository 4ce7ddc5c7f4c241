import { AgentState } from '../../../ctios/enums/agent.js';
import { constants } from '../../../ctios/enums/index.js';
import { isOtherMedia } from '../../../ctios/media.js';
import type { Args, EventMessage } from '../../../ctios/transport.js';
import { agentObjectId, deviceObjectId } from '../../../ctios/unique-object-id.js';
import type { Recipient, Router } from '../routing/router.js';

const State = constants(AgentState);

/**
 * Where the agent of an agent-mode client sits. Calls are addressed to devices; which one the agent is on, its own events
 * tell. The router is kept told of both. Who logs out, or sits down elsewhere, has nothing to do with what happens at the
 * device next; but the calls that the client knows go on there, and have to end.
 */
export class AgentLocation {
  /** UniqueObjectID of the agent, once it is set. */
  agent: string | undefined;
  /** What the agent's state was when SetAgent asked for it: tells the device it is on. */
  #stateAtSetAgent: Args = {};
  /** Many events of an agent name the instrument and not the state: desk settings do, also of one who is out. */
  #loggedOut = false;
  /** Devices that the agent is on, by UniqueObjectID. */
  readonly #devices = new Set<string>();
  /** Devices that the agent has left, while known calls are still there. */
  readonly #left = new Set<string>();
  /** Calls that the client knows, with their device, by UniqueObjectID. */
  readonly #calls = new Map<string, string>();

  constructor(
    private readonly recipient: Recipient,
    private readonly router: Router,
  ) {}

  /** The answer to the question that SetAgent asks the switch. */
  asked(state: Args): void {
    this.#stateAtSetAgent = state;
  }

  /** @param args of SetAgent. @param confirmation of its confirmation */
  take(args: Args, confirmation: Args | undefined): void {
    const known = { ...args, ...this.#stateAtSetAgent, ...confirmation };
    const id = known.UniqueObjectID;
    this.agent = typeof id === 'string' ? id : agentObjectId(Number(known.PeripheralID), String(known.AgentID));
    this.router.watch(this.recipient, this.agent);
    this.#note(known);
  }

  /**
   * Takes note of an event on its way to the client.
   * @returns whether it is to go there: of a device that the agent has left only what was known before
   */
  follow({ event, args }: EventMessage): boolean {
    if (this.agent === undefined) return true;
    const { UniqueObjectID: id, DeviceUniqueObjectID: device } = args;
    // Who logs out of chat still sits at the phone.
    if (id === this.agent && !isOtherMedia(args)) this.#note(args);
    // What a supervisor watches is somebody else's.
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
      // It only says how the agent is, not where.
      if (here.size === 0) return;
    }
    for (const device of this.#devices) if (!here.has(device)) this.#leave(device);
    for (const device of here) {
      this.#left.delete(device);
      if (this.#devices.has(device)) continue;
      this.#devices.add(device);
      this.router.watch(this.recipient, device);
    }
  }

  #leave(device: string): void {
    this.#devices.delete(device);
    this.#left.add(device);
    this.#drop(device);
  }

  /** Once the last call that was known there is over, nothing more is to be heard of it. */
  #drop(device: string): void {
    for (const phone of this.#calls.values()) if (phone === device) return;
    this.#left.delete(device);
    this.router.unwatch(this.recipient, device);
  }
}
