import type { CommandOutcome } from './api.js';
import type { DataRules } from './call-data.js';
import type { SimulatedDeskSettings, WorldConfig } from './config.js';
import {
  Peripheral,
  SimulatedAgent,
  type SimulatedCall,
  type SimulatedConnection,
  SimulatedDevice,
  SimulatedSkillGroup,
} from './entities.js';
import type { ConnectionRef } from './events/values.js';
import { accept, refuse } from './refusals.js';

/** All objects, indexed by every key they are looked up with. No look-up scans a list. */
export class SimulatedWorld {
  readonly peripherals = new Map<number, Peripheral>();
  readonly deskSettings = new Map<number, SimulatedDeskSettings>();
  readonly dataRules: DataRules;

  /** @param now milliseconds since the epoch at which the center opens */
  constructor(
    readonly config: WorldConfig,
    now: number,
  ) {
    this.dataRules = {
      ecc: config.eccVariables && new Map(config.eccVariables.map((each) => [each.name, each])),
      protected: new Set(config.protectedVariables),
      charset: config.switch.site?.charset,
    };
    for (const desk of config.deskSettings) this.deskSettings.set(desk.id, desk);
    for (const each of config.peripherals)
      this.peripherals.set(each.id, new Peripheral(each.id, each.name, each.type, each.defaultDeskSettingsId));
    for (const each of config.services)
      this.#peripheral(each.peripheralId).services.set(each.number, { number: each.number, id: each.id });
    for (const each of config.skillGroups)
      this.#peripheral(each.peripheralId).groups.set(
        each.number,
        new SimulatedSkillGroup(each.peripheralId, each.number, each.id, each.name),
      );
    for (const each of config.dialedNumbers) this.#peripheral(each.peripheralId).dialed.set(each.number, each);
    for (const each of config.teams)
      this.#peripheral(each.peripheralId).teams.set(each.id, { ...each, members: new Set() });
    for (const each of config.devices) this.addDevice(each);
    for (const each of config.agents) this.addAgent(each, now);
  }

  addDevice(config: ConstructorParameters<typeof SimulatedDevice>[0]): SimulatedDevice {
    const peripheral = this.#peripheral(config.peripheralId);
    const lines = peripheral.instruments.get(config.instrument ?? config.id) ?? [];
    const device = new SimulatedDevice(config, lines.length);
    peripheral.devices.set(device.id, device);
    peripheral.instruments.set(device.instrument, [...lines, device]);
    return device;
  }

  addAgent(config: WorldConfig['agents'][number], now: number): SimulatedAgent {
    const peripheral = this.#peripheral(config.peripheralId);
    const desk = this.deskSettings.get(config.deskSettingsId ?? peripheral.defaultDeskSettingsId);
    if (desk === undefined) throw new Error(`agent ${config.agentId}: no such desk settings`);
    const agent = new SimulatedAgent(config, desk, now);
    peripheral.agents.set(config.agentId, agent);
    for (const skill of config.skills) peripheral.groups.get(skill.skillGroupNumber)?.members.add(agent);
    if (config.teamId !== undefined) peripheral.teams.get(config.teamId)?.members.add(config.agentId);
    return agent;
  }

  #peripheral(id: number): Peripheral {
    const peripheral = this.peripherals.get(id);
    if (peripheral === undefined) throw new Error(`the configuration names a peripheral ${id} that it does not define`);
    return peripheral;
  }

  /** A peripheral that is on-line. */
  peripheral(id: number): CommandOutcome<Peripheral> {
    const peripheral = this.peripherals.get(id);
    if (peripheral === undefined) return refuse('unknownPeripheral');
    return peripheral.online ? accept(peripheral) : refuse('peripheralOffline');
  }

  /** A connection named by a request. */
  connection(ref: ConnectionRef): CommandOutcome<SimulatedConnection> {
    const found = this.peripheral(ref.peripheralId);
    if (!found.ok) return found;
    const call = found.value.calls.get(ref.callId);
    if (call === undefined) return refuse('unknownConnection');
    const connection = call.at(ref.deviceId);
    if (connection === undefined) return refuse('notAParty');
    return connection.device.inService ? accept(connection) : refuse('deviceOutOfService');
  }

  /** A connection whose phone is to do something. Route points, VRUs and outside parties cannot be controlled. */
  phoneConnection(ref: ConnectionRef): CommandOutcome<SimulatedConnection> {
    const found = this.connection(ref);
    return found.ok && !found.value.device.isPhone ? refuse('requestForAnother') : found;
  }

  /** Whether an agent is a supervisor of another's team. */
  supervises(supervisorId: string, agent: SimulatedAgent): boolean {
    const teams = this.peripherals.get(agent.config.peripheralId)?.teams;
    const team = agent.teamId === undefined ? undefined : teams?.get(agent.teamId);
    return (
      team !== undefined &&
      (team.primarySupervisor === supervisorId || team.secondarySupervisors.includes(supervisorId))
    );
  }

  call(peripheralId: number, callId: number): SimulatedCall | undefined {
    return this.peripherals.get(peripheralId)?.calls.get(callId);
  }

  agent(peripheralId: number, agentId: string): SimulatedAgent | undefined {
    return this.peripherals.get(peripheralId)?.agents.get(agentId);
  }

  /** A device by its id, or an instrument's ACD line. */
  device(peripheralId: number, id: string): SimulatedDevice | undefined {
    const peripheral = this.peripherals.get(peripheralId);
    return peripheral?.devices.get(id) ?? peripheral?.instruments.get(id)?.find((each) => !each.config.nonAcdLine);
  }
}
