import type { Core } from './core.js';
import type { CommandOutcome } from './state/api.js';
import { Cause } from './state/codes.js';
import type { AgentConfig, Skill } from './state/config.js';
import { accept, refuse } from './state/refusals.js';

/** What happens to a contact center from outside of its calls: parties outside, outages, changes of configuration. */
export class Administration {
  constructor(private readonly core: Core) {}

  hangUp(peripheralId: number, callId: number, deviceId?: string): CommandOutcome {
    const call = this.core.world.call(peripheralId, callId);
    if (call === undefined) return refuse('unknownConnection');
    const party =
      deviceId === undefined
        ? call.connections.find((each) => each.device.kind === 'external')
        : call.connections.find((each) => each.device.id === deviceId);
    if (party === undefined) return refuse('notAParty');
    this.core.connections.release(party, Cause.none);
    return accept();
  }

  withdrawRoute(peripheralId: number, callId: number): CommandOutcome {
    const route = this.core.world.call(peripheralId, callId)?.route;
    if (route?.offeredTo === undefined) return refuse('noRouteAnnounced');
    this.core.router.withdrawOffer(route);
    return accept();
  }

  setPeripheralOnline(peripheralId: number, online: boolean): CommandOutcome {
    const peripheral = this.core.world.peripherals.get(peripheralId);
    if (peripheral === undefined) return refuse('unknownPeripheral');
    if (peripheral.online === online) return accept();
    peripheral.online = online;
    this.core.telling.tell({ kind: 'peripheralStatus', peripheralId, online });
    for (const agent of peripheral.agents.values()) this.core.router.refresh(agent);
    return accept();
  }

  setDeviceInService(peripheralId: number, deviceId: string, inService: boolean): CommandOutcome {
    const { core } = this;
    const device = core.world.device(peripheralId, deviceId);
    if (device === undefined) return refuse('unknownDevice');
    if (device.inService === inService) return accept();
    device.inService = inService;
    core.telling.tell({
      kind: 'deviceStatus',
      peripheralId,
      deviceId: device.id,
      instrument: device.instrument,
      inService,
    });
    if (inService) return accept();
    for (const connection of [...device.connections])
      if (connection.device.connections.includes(connection)) core.connections.release(connection);
    core.agents.deviceLost(device);
    return accept();
  }

  /** Gives an agent other skills. They count at once, also for an agent who is logged in. */
  reskill(peripheralId: number, agentId: string, skills: readonly Skill[]): CommandOutcome {
    const { core } = this;
    const agent = core.world.agent(peripheralId, agentId);
    if (agent === undefined) return refuse('unknownAgent');
    const groups = core.world.peripherals.get(peripheralId)!.groups;
    if (skills.some((each) => !groups.has(each.skillGroupNumber))) return refuse('notInSkillGroup');
    // Time in the present state belongs to the old skills up to now, and to the new ones from now on.
    core.statistics.skillsChange(agent, () => {
      for (const skill of agent.skillsConfigured) groups.get(skill.skillGroupNumber)?.members.delete(agent);
      agent.skillsConfigured = skills;
      agent.skills = skills;
      for (const skill of skills) groups.get(skill.skillGroupNumber)?.members.add(agent);
    });
    core.telling.tell({ kind: 'configChanged', peripheralId, what: 'agent', operation: 'change', key: agentId });
    if (agent.loggedIn) core.agents.retell(agent);
    core.router.refresh(agent, true);
    return accept();
  }

  moveToTeam(peripheralId: number, agentId: string, teamId: number | undefined): CommandOutcome {
    const { core } = this;
    const agent = core.world.agent(peripheralId, agentId);
    const teams = core.world.peripherals.get(peripheralId)?.teams;
    if (agent === undefined || teams === undefined) return refuse('unknownAgent');
    if (teamId !== undefined && !teams.has(teamId)) return refuse('unknownTeam');
    if (agent.teamId === teamId) return accept();
    const tell = (id: number, operation: 1 | 2) =>
      core.telling.tell({ kind: 'teamChanged', peripheralId, teamId: id, operation, agentIds: [agentId] });
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

  addAgent(config: AgentConfig): CommandOutcome {
    const { core } = this;
    const { peripheralId, agentId } = config;
    if (!core.world.peripherals.has(peripheralId)) return refuse('unknownPeripheral');
    if (core.world.agent(peripheralId, agentId) !== undefined) return refuse('alreadyThere');
    if (core.world.device(peripheralId, config.instrument) === undefined)
      core.world.addDevice({ peripheralId, id: config.instrument, kind: 'agentPhone' });
    core.world.addAgent(config, core.clock.now());
    core.telling.tell({ kind: 'configChanged', peripheralId, what: 'agent', operation: 'add', key: agentId });
    return accept();
  }
}
