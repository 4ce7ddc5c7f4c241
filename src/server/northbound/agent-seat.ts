import { AgentState } from '../../ctios/enums/agent.js';
import { constants } from '../../ctios/enums/index.js';
import type { Args } from '../../ctios/transport.js';
import { agentObjectId, deviceObjectId } from '../../ctios/unique-object-id.js';
import type { Recipient, Router } from './router.js';

const State = constants(AgentState);

/**
 * Where the agent of an agent-mode client sits. Calls are addressed to devices; which one the agent is on, its own events
 * tell. The router is kept told of both.
 */
export class AgentSeat {
  /** UniqueObjectID of the agent, once it is set. */
  agent: string | undefined;
  /** What the agent's state was when SetAgent asked for it: tells the device it is on. */
  #stateAtSetAgent: Args = {};
  /** Devices that the agent is on, by UniqueObjectID. */
  readonly #devices = new Set<string>();

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

  /** An event on its way to the client may tell that the agent has moved. */
  follow(args: Args): void {
    if (this.agent !== undefined && args.UniqueObjectID === this.agent) this.#note(args);
  }

  #note(args: Args): void {
    if (args.AgentState === State.eLogout) {
      for (const device of this.#devices) this.router.unwatch(this.recipient, device);
      this.#devices.clear();
      return;
    }
    const peripheral = Number(args.PeripheralID ?? this.agent?.split('.')[1]);
    for (const instrument of [args.AgentInstrument, args.AgentExtension]) {
      if (typeof instrument !== 'string' || instrument === '') continue;
      const device = deviceObjectId(peripheral, instrument);
      if (this.#devices.has(device)) continue;
      this.#devices.add(device);
      this.router.watch(this.recipient, device);
    }
  }
}
