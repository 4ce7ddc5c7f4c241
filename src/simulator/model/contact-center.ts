import type { Clock, Timer } from '../../common/clock.js';
import { type Random, seededRandom } from '../../common/random.js';
import { Administration } from './administration.js';
import { SimulatedAgents } from './agents/agents.js';
import { Wrapups } from './agents/wrapup.js';
import type { Core } from './core.js';
import { InboundCalls } from './routing/inbound-calls.js';
import { CallRouter } from './routing/router.js';
import type * as api from './state/api.js';
import type * as config from './state/config.js';
import type { Peripheral } from './state/entities.js';
import { EventLog } from './state/event-log.js';
import type { ConnectionRef, TelephonyListener } from './state/events.js';
import { SimulatedWorld } from './state/world.js';
import { StatisticsKeeper } from './statistics/statistics.js';
import { SimulatedCalls } from './telephony/calls.js';
import { Conference } from './telephony/conference.js';
import { Connections } from './telephony/connections.js';
import { Consultation } from './telephony/consult.js';
import { Dialing } from './telephony/dialing.js';
import { Media } from './telephony/media.js';
import { Merging } from './telephony/merging.js';
import { Preview } from './telephony/outbound-preview.js';
import { SimulatedSupervision } from './telephony/supervision.js';
import { SupervisorAssist } from './telephony/supervisor-assist.js';
import { Transfer } from './telephony/transfer.js';
import { showAgent, showCall, showConnection, showDevice } from './views.js';

export interface ContactCenterOptions {
  config: config.WorldConfig;
  clock: Clock;
  /** Default: seed 1. */
  random?: Random;
}

type Outcome<T = void> = api.CommandOutcome<T>;

/**
 * The simulated contact center: one switch, its people and its callers. Everything happens in the turn of a command or
 * of a timer on the injected clock; equal seeds, clocks and commands give equal events.
 */
export class ContactCenter implements api.ContactCenterApi {
  readonly core: Core;
  readonly #administration: Administration;

  constructor(options: ContactCenterOptions) {
    this.core = buildCore(options);
    this.#administration = new Administration(this.core);
  }

  /** Tells `listener` everything from now on. @returns stops it */
  listen(listener: TelephonyListener): () => void {
    return this.core.telling.listen(listener);
  }

  #do<T>(command: () => Outcome<T>): Outcome<T> {
    return this.core.telling.transact(command);
  }

  // Call control.

  makeCall(request: api.MakeCallRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.core.dialing.makeCall(request));
  }
  answer(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.answer(connection));
  }
  hold(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.hold(connection));
  }
  retrieve(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.retrieve(connection));
  }
  alternate(active: ConnectionRef, other: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.alternate(active, other));
  }
  reconnect(active: ConnectionRef, held: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.reconnect(active, held));
  }
  clearConnection(connection: ConnectionRef, requester?: string): Outcome {
    return this.#do(() => this.core.calls.clearConnection(connection, requester));
  }
  clearCall(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.clearCall(connection));
  }
  consult(request: api.ConsultRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.core.consultation.consult(request));
  }
  transfer(request: api.JoinRequest): Outcome<api.JoinedCall> {
    return this.#do(() => this.core.transfer.transfer(request));
  }
  conference(request: api.JoinRequest): Outcome<api.JoinedCall> {
    return this.#do(() => this.core.conference.conference(request));
  }
  deflect(connection: ConnectionRef, destination: string): Outcome {
    return this.#do(() => this.core.dialing.deflect(connection, destination));
  }
  sendDtmf(connection: ConnectionRef, digits: string): Outcome {
    return this.#do(() => this.core.calls.sendDtmf(connection, digits));
  }
  setCallData(connection: ConnectionRef, patch: api.CallDataPatch): Outcome {
    return this.#do(() => this.core.calls.setCallData(connection, patch));
  }
  startRecording(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.startRecording(connection));
  }
  stopRecording(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.stopRecording(connection));
  }
  reportBadLine(connection: ConnectionRef): Outcome {
    return this.#do(() => this.core.calls.reportBadLine(connection));
  }

  // Agents and supervisors.

  setAgentState(request: api.SetAgentStateRequest): Outcome {
    return this.#do(() => this.core.agents.setState(request));
  }
  supervisorAssist(request: api.HelpRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.core.help.assist(request));
  }
  emergencyCall(request: api.HelpRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.core.help.emergency(request));
  }
  supervise(request: api.SuperviseRequest): Outcome<{ connection: ConnectionRef }> {
    return this.#do(() => this.core.supervision.supervise(request));
  }

  // The world around.

  placeCall(request: api.InboundCallRequest): Outcome<{ callId: number }> {
    return this.#do(() => this.core.inboundCalls.placeCall(request));
  }
  hangUp(peripheralId: number, callId: number, deviceId?: string): Outcome {
    return this.#do(() => this.#administration.hangUp(peripheralId, callId, deviceId));
  }
  offerPreview(request: api.PreviewRequest): Outcome<{ callId: number }> {
    return this.#do(() => this.core.preview.offer(request));
  }
  withdrawRoute(peripheralId: number, callId: number): Outcome {
    return this.#do(() => this.#administration.withdrawRoute(peripheralId, callId));
  }
  setPeripheralOnline(peripheralId: number, online: boolean): Outcome {
    return this.#do(() => this.#administration.setPeripheralOnline(peripheralId, online));
  }
  setDeviceInService(peripheralId: number, deviceId: string, inService: boolean): Outcome {
    return this.#do(() => this.#administration.setDeviceInService(peripheralId, deviceId, inService));
  }
  reskill(peripheralId: number, agentId: string, skills: readonly config.Skill[]): Outcome {
    return this.#do(() => this.#administration.reskill(peripheralId, agentId, skills));
  }
  moveToTeam(peripheralId: number, agentId: string, teamId: number | undefined): Outcome {
    return this.#do(() => this.#administration.moveToTeam(peripheralId, agentId, teamId));
  }
  addAgent(agent: config.AgentConfig): Outcome {
    return this.#do(() => this.#administration.addAgent(agent));
  }

  // Reading.

  get config(): config.WorldConfig {
    return this.core.world.config;
  }
  now(): number {
    return this.core.clock.now();
  }
  *peripherals(): Iterable<config.PeripheralConfig & { online: boolean }> {
    for (const { id, name, type, defaultDeskSettingsId, online } of this.core.world.peripherals.values())
      yield { id, name, type, defaultDeskSettingsId, online };
  }
  *calls(peripheralId?: number): Iterable<api.CallView> {
    for (const peripheral of this.#each(peripheralId))
      for (const call of peripheral.calls.values()) yield showCall(call);
  }
  callsInProgress(peripheralId: number): number {
    return this.core.world.peripherals.get(peripheralId)?.calls.size ?? 0;
  }
  call(peripheralId: number, callId: number): api.CallView | undefined {
    const call = this.core.world.call(peripheralId, callId);
    return call && showCall(call);
  }
  connection(ref: ConnectionRef): api.ConnectionView | undefined {
    const connection = this.core.world.call(ref.peripheralId, ref.callId)?.at(ref.deviceId);
    return connection && showConnection(connection);
  }
  *agents(peripheralId?: number): Iterable<api.AgentView> {
    for (const peripheral of this.#each(peripheralId))
      for (const agent of peripheral.agents.values()) yield showAgent(this.core, agent);
  }
  agent(peripheralId: number, agentId: string): api.AgentView | undefined {
    const agent = this.core.world.agent(peripheralId, agentId);
    return agent && showAgent(this.core, agent);
  }
  agentAt(peripheralId: number, instrument: string): api.AgentView | undefined {
    const agent = this.core.world.device(peripheralId, instrument)?.agent;
    return agent && showAgent(this.core, agent);
  }
  *devices(peripheralId?: number): Iterable<api.DeviceView> {
    for (const peripheral of this.#each(peripheralId))
      for (const device of peripheral.devices.values()) yield showDevice(device);
  }
  device(peripheralId: number, id: string): api.DeviceView | undefined {
    const device = this.core.world.device(peripheralId, id);
    return device && showDevice(device);
  }
  *skillGroups(peripheralId?: number): Iterable<config.SkillGroupConfig> {
    for (const peripheral of this.#each(peripheralId))
      for (const { number, id, name } of peripheral.groups.values())
        yield { peripheralId: peripheral.id, number, id, name };
  }
  skillGroup(peripheralId: number, number: number): config.SkillGroupConfig | undefined {
    const group = this.core.world.peripherals.get(peripheralId)?.groups.get(number);
    return group && { peripheralId, number, id: group.id, name: group.name };
  }
  *teams(peripheralId?: number): Iterable<config.TeamConfig & { members: readonly string[] }> {
    for (const peripheral of this.#each(peripheralId))
      for (const team of peripheral.teams.values()) yield { ...team, members: [...team.members] };
  }
  *dialedNumbers(peripheralId?: number): Iterable<config.DialedNumberConfig> {
    for (const peripheral of this.#each(peripheralId)) yield* peripheral.dialed.values();
  }
  deskSettings(id: number): config.SimulatedDeskSettings | undefined {
    return this.core.world.deskSettings.get(id);
  }
  queue(peripheralId: number, skillGroupNumber: number): api.QueueView {
    const group = this.core.world.peripherals.get(peripheralId)?.groups.get(skillGroupNumber);
    let oldest = this.now();
    if (group !== undefined)
      for (const route of this.core.router.waiting(group)) oldest = Math.min(oldest, route.enqueuedAt);
    const longestSeconds = Math.floor((this.now() - oldest) / 1000);
    return {
      skillGroupNumber,
      waiting: group === undefined ? 0 : this.core.router.waitingCount(group),
      longestSeconds,
    };
  }
  agentStatistics(peripheralId: number, agentId: string): api.SimulatedStatistics | undefined {
    const agent = this.core.world.agent(peripheralId, agentId);
    return agent && this.core.statistics.ofAgent(agent);
  }
  skillGroupStatistics(peripheralId: number, skillGroupNumber: number): api.SimulatedStatistics | undefined {
    const group = this.core.world.peripherals.get(peripheralId)?.groups.get(skillGroupNumber);
    return group && this.core.statistics.ofGroup(group);
  }

  #each(peripheralId: number | undefined): Iterable<Peripheral> {
    if (peripheralId === undefined) return this.core.world.peripherals.values();
    const peripheral = this.core.world.peripherals.get(peripheralId);
    return peripheral === undefined ? [] : [peripheral];
  }
}

function buildCore({ config, clock, random = seededRandom(1) }: ContactCenterOptions): Core {
  const telling = new EventLog(clock);
  // The departments know each other through this one object, which is whole before any of them is asked anything.
  const core = {
    clock,
    random,
    telling,
    world: new SimulatedWorld(config, clock.now()),
    settings: config.switch,
    later: (ms: number, run: () => void): Timer => clock.after(ms, () => telling.transact(run)),
  } as { -readonly [K in keyof Core]: Core[K] };
  core.connections = new Connections(core);
  core.media = new Media(core);
  core.calls = new SimulatedCalls(core);
  core.dialing = new Dialing(core);
  core.consultation = new Consultation(core);
  core.merging = new Merging(core);
  core.transfer = new Transfer(core);
  core.conference = new Conference(core);
  core.help = new SupervisorAssist(core);
  core.preview = new Preview(core);
  core.supervision = new SimulatedSupervision(core);
  core.inboundCalls = new InboundCalls(core);
  core.router = new CallRouter(core);
  core.agents = new SimulatedAgents(core);
  core.wrapups = new Wrapups(core);
  core.statistics = new StatisticsKeeper(core);
  return core;
}
