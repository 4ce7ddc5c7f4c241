/**
 * Chat between desktops. The CTI Server cannot address an agent of another CTI OS client, so chat stays among the
 * clients of this server; whom one may write to, the levels say.
 */
import type { Args } from '../../ctios/index.js';
import { AgentFlags } from '../../ged188/index.js';
import type { RequestResult } from '../object-server.js';
import type { ChatLevel } from '../settings.js';
import { text } from '../translation/call-requests.js';
import { refusal } from '../translation/failures.js';
import type { ServerAgent } from './agents.js';
import type { Context } from './context.js';
import type { Asking, Requests } from './requests.js';
import type { Team } from './teams.js';
import type { World } from './world.js';

/** GED-188 bytes of a user message. */
const LONGEST = 255;

type MayWrite = (from: ServerAgent, to: ServerAgent, world: World) => boolean;

/** Whom each level lets an agent write to. */
export const CHAT_LEVELS: Readonly<Record<ChatLevel, MayWrite>> = {
  disabled: () => false,
  primarySupervisor: (from, to, world) =>
    sharesTeam(from, to, world, (team) => role(team, to) & AgentFlags.PRIMARY_SUPERVISOR),
  teamSupervisors: (from, to, world) =>
    sharesTeam(from, to, world, (team) => role(team, to) & (AgentFlags.PRIMARY_SUPERVISOR | AgentFlags.SUPERVISOR)),
  team: (from, to, world) => sharesTeam(from, to, world, () => 1),
  unrestricted: () => true,
};

function sharesTeam(from: ServerAgent, to: ServerAgent, world: World, fits: (team: Team) => number): boolean {
  if (from.peripheralId !== to.peripheralId) return false;
  for (const team of world.teams.of(from.peripheralId, from.agentId)) {
    if (team.members.has(to.agentId) && fits(team) !== 0) return true;
  }
  return false;
}

function role(team: Team, agent: ServerAgent): number {
  return team.members.get(agent.agentId)?.flags ?? 0;
}

export class Chat {
  /** Clients of an agent. */
  clientsOf: (agent: ServerAgent) => Iterable<string> = () => [];

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
  ) {
    requests.add('SendChatMessage', (asking) => this.#send(asking));
  }

  #send(asking: Asking): RequestResult {
    const { args, definition } = asking;
    const from = this.#sender(asking);
    if (from === undefined) return this.requests.noAgent(asking);
    const subject = {
      request: definition.name,
      objectId: from.id,
      agentId: from.agentId,
      peripheralId: from.peripheralId,
    };
    const message = text(args.Message) ?? '';
    if (Buffer.byteLength(message) > LONGEST) {
      return refusal(
        subject,
        'CTIOS_INVALID_ARGUMENT',
        `${definition.name}: Message may have at most ${LONGEST} bytes.`,
      );
    }
    const to = this.#recipient(from, args);
    const name = text(args.Target) ?? text(args.LoginName) ?? '';
    if (to === undefined) {
      return refusal(subject, 'CTIOS_NO_RECIPIENT', `${definition.name}: there is no agent ${name}.`);
    }
    const { settings, world } = this.context;
    const level = from.isSupervisor ? settings.supervisorChatLevel : settings.agentChatLevel;
    if (!CHAT_LEVELS[level](from, to, world)) {
      return refusal(
        subject,
        'CTIOS_NOT_ALLOWED',
        `${definition.name}: agent ${from.agentId} may not write to ${to.agentId} (chat level ${level}).`,
      );
    }
    if (this.clientsOf(to)[Symbol.iterator]().next().done) {
      return refusal(
        subject,
        'CTIOS_NO_RECIPIENT',
        `${definition.name}: agent ${to.agentId} has no desktop at this server.`,
      );
    }
    asking.end({ outcome: 'confirmed' });
    this.context.publisher.publish(
      'OnChatMessage',
      {
        UniqueObjectID: to.id,
        Distribution: text(args.Distribution) ?? 'agent',
        AgentID: to.agentId,
        PeripheralID: to.peripheralId,
        Target: to.agentId,
        Message: message,
        Source: from.agentId,
      },
      { agent: to.id },
    );
    return { outcome: 'confirmed' };
  }

  #sender(asking: Asking): ServerAgent | undefined {
    const id = asking.from.agent ?? asking.target;
    return id === undefined ? undefined : this.context.world.agents.byId(id);
  }

  /** By AgentID or UniqueObjectID, else by login name. */
  #recipient(from: ServerAgent, args: Args): ServerAgent | undefined {
    const { agents } = this.context.world;
    const target = text(args.Target);
    if (target !== undefined) return agents.byId(target) ?? agents.find(from.peripheralId, target);
    const login = text(args.LoginName);
    return login === undefined ? undefined : agents.byLoginName(login);
  }
}
