import { Agents } from './agents.js';
import { Calls } from './calls.js';
import { Devices } from './devices.js';
import type { Device, ServerAgent, ServerCall } from './entities.js';
import { SkillGroups } from './skill-groups.js';
import { Teams } from './teams.js';

/**
 * Everything the object server knows of the contact center, and the references between its parts. Publishes nothing.
 */
export class World {
  readonly calls = new Calls();
  readonly agents = new Agents();
  readonly devices = new Devices();
  readonly skillGroups = new SkillGroups();
  readonly teams = new Teams();

  /** PeripheralType of each peripheral: a fact of the switch that not every message about its calls carries. */
  readonly peripheralTypes = new Map<number, number>();

  /** Peripherals on which agents are known. */
  peripherals(): Iterable<number> {
    return this.agents.peripherals();
  }

  addCall(call: ServerCall, device: Device | undefined): void {
    this.#agreeOnType(call);
    this.calls.add(call);
    if (device !== undefined) this.placeCall(call, device);
  }

  #agreeOnType({ peripheralId, data }: ServerCall): void {
    const known = this.peripheralTypes.get(peripheralId);
    if (typeof data.PeripheralType === 'number') this.peripheralTypes.set(peripheralId, data.PeripheralType);
    else if (known !== undefined) data.PeripheralType = known;
  }

  placeCall(call: ServerCall, device: Device): void {
    if (call.device === device) return;
    call.device?.calls.delete(call);
    call.device = device;
    device.calls.add(call);
  }

  removeCall(call: ServerCall): void {
    call.endConsult();
    this.calls.remove(call);
    const device = call.device;
    if (device === undefined) return;
    device.calls.delete(call);
    this.devices.drop(device);
  }

  /** The agent is now at this instrument, reachable at this extension. */
  assignDevice(agent: ServerAgent, instrument: string, extension: string | undefined): void {
    const device = this.devices.at(agent.peripheralId, instrument);
    if (extension !== undefined && extension !== instrument) this.devices.alias(device, extension);
    if (agent.device === device) return;
    this.unseat(agent);
    // The previous agent left without notice: one agent per phone.
    if (device.agent !== undefined) device.agent.device = undefined;
    device.agent = agent;
    agent.device = device;
  }

  unseat(agent: ServerAgent): void {
    const device = agent.device;
    if (device === undefined) return;
    agent.device = undefined;
    device.agent = undefined;
    this.devices.drop(device);
  }
}
