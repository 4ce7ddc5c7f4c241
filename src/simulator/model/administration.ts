import type { SimulatedAgents } from './agents/agents.js';
import type { CallRouter } from './routing/router.js';
import type { CommandOutcome } from './state/api.js';
import { Cause } from './state/codes.js';
import type { AgentConfig, Skill } from './state/config.js';
import type { SwitchContext } from './state/context.js';
import type { SimulatedCall } from './state/entities.js';
import { accept, refuse } from './state/refusals.js';
import type { StatisticsKeeper } from './statistics/statistics.js';
import type { Connections } from './telephony/connections.js';

/** Events from outside the calls: outside parties, outages, configuration changes. */
export class Administration {
  constructor(
    private readonly context: SwitchContext,
    private readonly statistics: StatisticsKeeper,
    private readonly connections: Connections,
    private readonly router: CallRouter,
    private readonly agents: SimulatedAgents,
  ) {}

  hangUp(peripheralId: number, callId: number, deviceId?: string): CommandOutcome {
    const call = this.context.world.call(peripheralId, callId);
    if (call === undefined) return refuse('unknownConnection');
    const party =
      deviceId === undefined
        ? call.connections.find((each) => each.device.kind === 'external')
        : call.connections.find((each) => each.device.id === deviceId);
    if (party === undefined) return refuse('notAParty');
    this.connections.release(party, Cause.none);
    return accept();
  }

  withdrawRoute(peripheralId: number, callId: number): CommandOutcome {
    const route = this.context.world.call(peripheralId, callId)?.route;
    if (route?.offeredTo === undefined) return refuse('noRouteAnnounced');
    this.router.withdrawOffer(route);
    return accept();
  }

  setPeripheralOnline(peripheralId: number, online: boolean): CommandOutcome {
    const peripheral = this.context.world.peripherals.get(peripheralId);
    if (peripheral === undefined) return refuse('unknownPeripheral');
    if (peripheral.online === online) return accept();
    peripheral.online = online;
    this.context.events.tell({ kind: 'peripheralStatus', peripheralId, online });
    // Voice may continue, but the peripheral gateway loses the calls, and does not get them back.
    if (!online) for (const call of [...peripheral.calls.values()]) this.#lose(call);
    for (const agent of peripheral.agents.values()) this.router.refresh(agent);
    return accept();
  }

  #lose(call: SimulatedCall): void {
    const first = call.connections[0];
    // It may have ended with another one: a supervisor was monitoring it.
    if (!call.over && first !== undefined) this.connections.dissolve(first);
  }

  setDeviceInService(peripheralId: number, deviceId: string, inService: boolean): CommandOutcome {
    const device = this.context.world.device(peripheralId, deviceId);
    if (device === undefined) return refuse('unknownDevice');
    if (device.inService === inService) return accept();
    device.inService = inService;
    this.context.events.tell({
      kind: 'deviceStatus',
      peripheralId,
      deviceId: device.id,
      instrument: device.instrument,
      inService,
    });
    if (inService) return accept();
    for (const connection of [...device.connections])
      if (connection.device.connections.includes(connection)) this.connections.release(connection);
    this.agents.deviceLost(device);
    return accept();
  }

  /** Gives an agent other skills, effective immediately, even while logged in. */
  reskill(peripheralId: number, agentId: string, skills: readonly Skill[]): CommandOutcome {
    const agent = this.context.world.agent(peripheralId, agentId);
    if (agent === undefined) return refuse('unknownAgent');
    const groups = this.context.world.peripherals.get(peripheralId)!.groups;
    if (skills.some((each) => !groups.has(each.skillGroupNumber))) return refuse('notInSkillGroup');
    // Time in the current state counts for the old skills up to now, and for the new ones from now on.
    this.statistics.skillsChange(agent, () => {
      for (const skill of agent.skillsConfigured) groups.get(skill.skillGroupNumber)?.members.delete(agent);
      agent.skillsConfigured = skills;
      agent.skills = skills;
      for (const skill of skills) groups.get(skill.skillGroupNumber)?.members.add(agent);
    });
    this.context.events.tell({ kind: 'configChanged', peripheralId, what: 'agent', operation: 'change', key: agentId });
    if (agent.loggedIn) this.agents.retell(agent);
    this.router.refresh(agent, true);
    return accept();
  }

  moveToTeam(peripheralId: number, agentId: string, teamId: number | undefined): CommandOutcome {
    const agent = this.context.world.agent(peripheralId, agentId);
    const teams = this.context.world.peripherals.get(peripheralId)?.teams;
    if (agent === undefined || teams === undefined) return refuse('unknownAgent');
    if (teamId !== undefined && !teams.has(teamId)) return refuse('unknownTeam');
    if (agent.teamId === teamId) return accept();
    const tell = (id: number, operation: 1 | 2) => {
      const { primarySupervisor, secondarySupervisors } = teams.get(id)!;
      // Who leads the team belongs to it, as a member or not.
      if (agentId === primarySupervisor || secondarySupervisors.includes(agentId)) return;
      this.context.events.tell({ kind: 'teamChanged', peripheralId, teamId: id, operation, agentIds: [agentId] });
    };
    if (agent.teamId !== undefined) {
      teams.get(agent.teamId)?.members.delete(agentId);
      tell(agent.teamId, 2);
    }
    agent.teamId = teamId;
    if (teamId !== undefined) {
      teams.get(teamId)!.members.add(agentId);
      tell(teamId, 1);
    }
    return accept();
  }

  /** Gives an agent assistance services, or takes them away. */
  setAgentServices(peripheralId: number, agentId: string, services: readonly number[]): CommandOutcome {
    const agent = this.context.world.agent(peripheralId, agentId);
    if (agent === undefined) return refuse('unknownAgent');
    agent.services = services;
    this.context.events.tell({
      kind: 'configChanged',
      peripheralId,
      what: 'agentServices',
      operation: 'change',
      key: agentId,
    });
    return accept();
  }

  addAgent(config: AgentConfig): CommandOutcome {
    const { peripheralId, agentId } = config;
    if (!this.context.world.peripherals.has(peripheralId)) return refuse('unknownPeripheral');
    if (this.context.world.agent(peripheralId, agentId) !== undefined) return refuse('alreadyThere');
    if (this.context.world.device(peripheralId, config.instrument) === undefined)
      this.context.world.addDevice({ peripheralId, id: config.instrument, kind: 'agentPhone' });
    this.context.world.addAgent(config, this.context.clock.now());
    this.context.events.tell({ kind: 'configChanged', peripheralId, what: 'agent', operation: 'add', key: agentId });
    return accept();
  }
}
