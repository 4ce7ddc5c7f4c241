import type { CommandOutcome, SetAgentStateRequest } from '../state/api.js';
import type { SimulatedAgent, SimulatedDevice } from '../state/entities.js';
import { accept, refuse } from '../state/refusals.js';
import type { SimulatedWorld } from '../state/world.js';

/** Which agent logs in where, and to which skills. */
export interface LoginPlan {
  agent: SimulatedAgent;
  device: SimulatedDevice;
  skills: SimulatedAgent['skills'];
}

/** The agent, and the password. */
export function authenticate(world: SimulatedWorld, request: SetAgentStateRequest): CommandOutcome<SimulatedAgent> {
  const agent = request.agentId === undefined ? undefined : world.agent(request.peripheralId, request.agentId);
  if (agent === undefined) return refuse('unknownAgent');
  const { password } = agent.config;
  return password === '' || password === (request.password ?? '') ? accept(agent) : refuse('wrongPassword');
}

/** Whether a login is valid: the agent, the password, the phone, the skill groups. Changes nothing. */
export function planLogin(world: SimulatedWorld, request: SetAgentStateRequest): CommandOutcome<LoginPlan> {
  const known = authenticate(world, request);
  if (!known.ok) return known;
  const agent = known.value;
  const device = world.device(request.peripheralId, request.instrument);
  if (device === undefined || device.kind !== 'agentPhone' || device.config.nonAcdLine)
    return refuse('wrongLogonDevice');
  if (!device.inService) return refuse('deviceOutOfService');
  if (device.agent !== undefined && device.agent !== agent) return refuse('extensionInUse');
  const skills = chosenSkills(agent, request.skillGroups);
  return skills === undefined ? refuse('notInSkillGroup') : accept({ agent, device, skills });
}

/** The requested ones, out of those configured; undefined if one is not configured. */
function chosenSkills(
  agent: SimulatedAgent,
  chosen: SetAgentStateRequest['skillGroups'],
): SimulatedAgent['skills'] | undefined {
  const configured = agent.skillsConfigured;
  if (chosen === undefined || chosen.length === 0) return configured;
  const skills = [];
  for (const { number, priority } of chosen) {
    const skill = configured.find((each) => each.skillGroupNumber === number);
    if (skill === undefined) return undefined;
    skills.push(priority === undefined ? skill : { ...skill, priority });
  }
  return skills;
}
