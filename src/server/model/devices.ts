import { Device } from './entities.js';
import { getOrMake } from './maps.js';

/** Devices by instrument, and by their other names (extensions). */
export class Devices {
  readonly #byName = new Map<number, Map<string, Device>>();
  readonly #byId = new Map<string, Device>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<Device> {
    return this.#byId.values();
  }

  byId(id: string): Device | undefined {
    return this.#byId.get(id);
  }

  /** By instrument or extension. */
  find(peripheralId: number, name: string | undefined): Device | undefined {
    return name === undefined ? undefined : this.#byName.get(peripheralId)?.get(name);
  }

  at(peripheralId: number, name: string): Device {
    const known = this.find(peripheralId, name);
    if (known !== undefined) return known;
    const device = new Device(peripheralId, name);
    this.#byId.set(device.id, device);
    this.alias(device, name);
    return device;
  }

  alias(device: Device, name: string): void {
    const names = getOrMake(this.#byName, device.peripheralId, () => new Map<string, Device>());
    const other = names.get(name);
    // A line known before its instrument: its calls move to the instrument that it belongs to.
    if (other !== undefined && other !== device && other.agent === undefined) {
      for (const call of other.calls) {
        call.device = device;
        device.calls.add(call);
      }
      this.#byId.delete(other.id);
    }
    names.set(name, device);
    device.names.add(name);
  }

  /** Forgets a device without references: gateways carry calls of devices that never appear again. */
  drop(device: Device): void {
    if (device.calls.size > 0 || device.agent !== undefined) return;
    this.#byId.delete(device.id);
    const names = this.#byName.get(device.peripheralId);
    if (names === undefined) return;
    for (const name of device.names) if (names.get(name) === device) names.delete(name);
  }
}
