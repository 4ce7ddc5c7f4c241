import type * as api from './state/api.js';
import type * as config from './state/config.js';
import type { Peripheral } from './state/entities.js';
import type { ConnectionRef } from './state/events/values.js';
import type { TelephonyListener } from './state/events.js';
import { type ContactCenterOptions, SimulatedSwitch } from './switch.js';
import { showAgent, showCall, showConnection, showDevice } from './views.js';

type Outcome<T = void> = api.CommandOutcome<T>;

/**
 * The simulated contact center: one switch, its agents and its callers. Everything happens in the turn of a command or
 * of a timer on the injected clock; equal seeds, clocks and commands produce equal events.
 */
export class ContactCenter implements api.ContactCenterApi {
  /** The parts, for invariant checks. */
  readonly model: SimulatedSwitch;

  constructor(options: ContactCenterOptions) {
    this.model = new SimulatedSwitch(options);
  }

  /** Publishes everything to `listener` from now on. @returns unsubscribes */
  listen(listener: TelephonyListener): () => void {
    return this.model.events.listen(listener);
  }

  #do<T>(command: () => Outcome<T>): Outcome<T> {
    return this.model.events.transact(command);
  }

  // Call control.

  makeCall(request: api.MakeCallRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.model.dialing.makeCall(request));
  }
  answer(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.answer(connection));
  }
  hold(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.hold(connection));
  }
  retrieve(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.retrieve(connection));
  }
  alternate(active: ConnectionRef, other: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.alternate(active, other));
  }
  reconnect(active: ConnectionRef, held: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.reconnect(active, held));
  }
  clearConnection(connection: ConnectionRef, requester?: string): Outcome {
    return this.#do(() => this.model.calls.clearConnection(connection, requester));
  }
  clearCall(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.clearCall(connection));
  }
  consult(request: api.ConsultRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.model.consultation.consult(request));
  }
  transfer(request: api.JoinRequest): Outcome<api.JoinedCall> {
    return this.#do(() => this.model.transfer.transfer(request));
  }
  conference(request: api.JoinRequest): Outcome<api.JoinedCall> {
    return this.#do(() => this.model.conference.conference(request));
  }
  deflect(connection: ConnectionRef, destination: string): Outcome {
    return this.#do(() => this.model.dialing.deflect(connection, destination));
  }
  sendDtmf(connection: ConnectionRef, digits: string): Outcome {
    return this.#do(() => this.model.calls.sendDtmf(connection, digits));
  }
  setCallData(connection: ConnectionRef, patch: api.CallDataPatch): Outcome {
    return this.#do(() => this.model.calls.setCallData(connection, patch));
  }
  startRecording(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.startRecording(connection));
  }
  stopRecording(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.stopRecording(connection));
  }
  reportBadLine(connection: ConnectionRef): Outcome {
    return this.#do(() => this.model.calls.reportBadLine(connection));
  }

  // Agents and supervisors.

  setAgentState(request: api.SetAgentStateRequest): Outcome {
    return this.#do(() => this.model.agents.setState(request));
  }
  supervisorAssist(request: api.HelpRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.model.assist.assist(request));
  }
  emergencyCall(request: api.HelpRequest): Outcome<api.NewConnection> {
    return this.#do(() => this.model.assist.emergency(request));
  }
  supervise(request: api.SuperviseRequest): Outcome<{ connection: ConnectionRef }> {
    return this.#do(() => this.model.supervision.supervise(request));
  }

  // Outside world.

  placeCall(request: api.InboundCallRequest): Outcome<{ callId: number }> {
    return this.#do(() => this.model.inboundCalls.placeCall(request));
  }
  hangUp(peripheralId: number, callId: number, deviceId?: string): Outcome {
    return this.#do(() => this.model.administration.hangUp(peripheralId, callId, deviceId));
  }
  offerPreview(request: api.PreviewRequest): Outcome<{ callId: number }> {
    return this.#do(() => this.model.preview.offer(request));
  }
  withdrawRoute(peripheralId: number, callId: number): Outcome {
    return this.#do(() => this.model.administration.withdrawRoute(peripheralId, callId));
  }
  setPeripheralOnline(peripheralId: number, online: boolean): Outcome {
    return this.#do(() => this.model.administration.setPeripheralOnline(peripheralId, online));
  }
  setDeviceInService(peripheralId: number, deviceId: string, inService: boolean): Outcome {
    return this.#do(() => this.model.administration.setDeviceInService(peripheralId, deviceId, inService));
  }
  reskill(peripheralId: number, agentId: string, skills: readonly config.Skill[]): Outcome {
    return this.#do(() => this.model.administration.reskill(peripheralId, agentId, skills));
  }
  setAgentServices(peripheralId: number, agentId: string, services: readonly number[]): Outcome {
    return this.#do(() => this.model.administration.setAgentServices(peripheralId, agentId, services));
  }
  moveToTeam(peripheralId: number, agentId: string, teamId: number | undefined): Outcome {
    return this.#do(() => this.model.administration.moveToTeam(peripheralId, agentId, teamId));
  }
  addAgent(agent: config.AgentConfig): Outcome {
    return this.#do(() => this.model.administration.addAgent(agent));
  }

  // Queries.

  get config(): config.WorldConfig {
    return this.model.world.config;
  }
  now(): number {
    return this.model.clock.now();
  }
  *peripherals(): Iterable<config.PeripheralConfig & { online: boolean }> {
    for (const { id, name, type, defaultDeskSettingsId, online } of this.model.world.peripherals.values())
      yield { id, name, type, defaultDeskSettingsId, online };
  }
  *calls(peripheralId?: number): Iterable<api.CallView> {
    for (const peripheral of this.#each(peripheralId))
      for (const call of peripheral.calls.values()) yield showCall(call);
  }
  callsInProgress(peripheralId: number): number {
    return this.model.world.peripherals.get(peripheralId)?.calls.size ?? 0;
  }
  call(peripheralId: number, callId: number): api.CallView | undefined {
    const call = this.model.world.call(peripheralId, callId);
    return call && showCall(call);
  }
  callByAnyId(peripheralId: number, callId: number): api.CallView | undefined {
    const former = this.model.world.peripherals.get(peripheralId)?.callsByFormerId.get(callId);
    return former === undefined ? this.call(peripheralId, callId) : showCall(former);
  }
  connection(ref: ConnectionRef): api.ConnectionView | undefined {
    const connection = this.model.world.call(ref.peripheralId, ref.callId)?.at(ref.deviceId);
    return connection && showConnection(connection);
  }
  *agents(peripheralId?: number): Iterable<api.AgentView> {
    for (const peripheral of this.#each(peripheralId))
      for (const agent of peripheral.agents.values()) yield showAgent(this.model.world, agent, this.now());
  }
  agent(peripheralId: number, agentId: string): api.AgentView | undefined {
    const agent = this.model.world.agent(peripheralId, agentId);
    return agent && showAgent(this.model.world, agent, this.now());
  }
  agentAt(peripheralId: number, instrument: string): api.AgentView | undefined {
    const agent = this.model.world.device(peripheralId, instrument)?.agent;
    return agent && showAgent(this.model.world, agent, this.now());
  }
  *devices(peripheralId?: number): Iterable<api.DeviceView> {
    for (const peripheral of this.#each(peripheralId))
      for (const device of peripheral.devices.values()) yield showDevice(device);
  }
  device(peripheralId: number, id: string): api.DeviceView | undefined {
    const device = this.model.world.device(peripheralId, id);
    return device && showDevice(device);
  }
  *skillGroups(peripheralId?: number): Iterable<config.SkillGroupConfig> {
    for (const peripheral of this.#each(peripheralId))
      for (const { number, id, name } of peripheral.groups.values())
        yield { peripheralId: peripheral.id, number, id, name };
  }
  skillGroup(peripheralId: number, number: number): config.SkillGroupConfig | undefined {
    const group = this.model.world.peripherals.get(peripheralId)?.groups.get(number);
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
    return this.model.world.deskSettings.get(id);
  }
  queue(peripheralId: number, skillGroupNumber: number): api.QueueView {
    const group = this.model.world.peripherals.get(peripheralId)?.groups.get(skillGroupNumber);
    let oldest = this.now();
    if (group !== undefined)
      for (const route of this.model.queues.waiting(group)) oldest = Math.min(oldest, route.enqueuedAt);
    const longestSeconds = Math.floor((this.now() - oldest) / 1000);
    return {
      skillGroupNumber,
      waiting: group === undefined ? 0 : this.model.queues.waitingCount(group),
      longestSeconds,
    };
  }
  agentStatistics(peripheralId: number, agentId: string): api.SimulatedStatistics | undefined {
    const agent = this.model.world.agent(peripheralId, agentId);
    return agent && this.model.statistics.ofAgent(agent);
  }
  skillGroupStatistics(peripheralId: number, skillGroupNumber: number): api.SimulatedStatistics | undefined {
    const group = this.model.world.peripherals.get(peripheralId)?.groups.get(skillGroupNumber);
    return group && this.model.statistics.ofGroup(group);
  }

  #each(peripheralId: number | undefined): Iterable<Peripheral> {
    if (peripheralId === undefined) return this.model.world.peripherals.values();
    const peripheral = this.model.world.peripherals.get(peripheralId);
    return peripheral === undefined ? [] : [peripheral];
  }
}
