/**
 * On behalf of which agents an agent-mode client may act: for its own agent and the calls on that agent's phone; a
 * supervisor also for the members of the teams it leads, once it has received them (RequestAgentTeamList). A CTI Server
 * trusts its client to enforce this, so the object server must. Anything unknown is not permitted: an agent of no known
 * team cannot be monitored.
 */

import { agentObjectId, parseObjectId, type RequestDefinition } from '../../../ctios/index.js';
import type { Device, ServerAgent, ServerCall } from '../../model/entities.js';
import { instrumentOf } from '../../translation/agent-requests.js';
import { textArgument } from '../../translation/call-requests.js';
import { type Privilege, privileges } from './privilege-table.js';
import {
  type Asked,
  agentAsked,
  agentReference,
  callAsked,
  callNamedBy,
  type Known,
  overheardAgent,
  referenceOf,
  supervisedCall,
} from './subjects.js';

export interface MissingPrivilege {
  readonly code: 'CTIOS_NOT_SUPERVISOR' | 'CTIOS_NOT_ALLOWED';
  /** A sentence for display. */
  readonly message: string;
}

/** The agent of the client. It may be known by name only, if the CTI Server took it from the configuration. */
interface Own {
  readonly id: string;
  readonly peripheralId: number;
  readonly agentId: string;
  readonly agent: ServerAgent | undefined;
}

/** @returns what the client is not permitted to do, or undefined if it may proceed */
export function missingPrivilege(
  known: Known,
  definition: RequestDefinition,
  asked: Asked,
): MissingPrivilege | undefined {
  const { from, args } = asked;
  // Other modes are checked by the client session (`mode-rules.ts`).
  if (from.mode !== 'agent') return undefined;
  const { name } = definition;
  const own = ownOf(known, from.agent);
  if (own === undefined) return notAllowed(name, 'the session has no agent.');
  const privilege = privileges[name];
  const supervisor = own.agent?.isSupervisor === true;
  if (privilege.supervisor === true && !supervisor) return notSupervisor(name, own);
  if (args.SupervisorID !== undefined) {
    if (textArgument(args.SupervisorID) !== own.agentId) {
      return notAllowed(name, `SupervisorID ${String(args.SupervisorID)} is not the session's own agent.`);
    }
    if (!supervisor) return notSupervisor(name, own);
  }
  const why = new Reach(known, own, supervisor).whyNot(privilege, asked);
  return why === undefined ? undefined : notAllowed(name, why);
}

export function notSupervisor(request: string, agent: { readonly agentId: string }): MissingPrivilege {
  return {
    code: 'CTIOS_NOT_SUPERVISOR',
    message: `${request} is for supervisors; agent ${agent.agentId} is none.`,
  };
}

function notAllowed(request: string, why: string): MissingPrivilege {
  return { code: 'CTIOS_NOT_ALLOWED', message: `${request}: ${why}` };
}

function ownOf({ world }: Known, id: string | undefined): Own | undefined {
  const parts = id === undefined ? undefined : parseObjectId(id);
  if (parts?.kind !== 'agent') return undefined;
  const { peripheralID: peripheralId, agentID: agentId } = parts;
  return { id: id!, peripheralId, agentId, agent: world.agents.byId(id!) };
}

/**
 * What an agent may reach. Each check returns the reason why something is out of reach, as a sentence; undefined if it
 * is within reach.
 */
class Reach {
  constructor(
    private readonly known: Known,
    private readonly own: Own,
    private readonly supervisor: boolean,
  ) {}

  whyNot(privilege: Privilege, asked: Asked): string | undefined {
    switch (privilege.about) {
      case 'nobody':
      case 'anybody':
        return undefined;
      case 'call':
        return this.#call(callAsked(this.known, asked));
      case 'two calls':
        return this.#call(callAsked(this.known, asked)) ?? this.#call(referenceOf(this.known, asked) ?? undefined);
      case 'agent':
        return this.#agentAsked(asked) ?? this.#callNamed(callNamedBy(asked));
      case 'agent at a phone':
        return this.#agentAsked(asked) ?? this.#phone(asked, 'free');
      case 'agent from its phone':
        return this.#agentAsked(asked) ?? this.#phone(asked, 'its own') ?? this.#callNamed(callNamedBy(asked));
      case 'watched agent':
        return this.#agent(agentReference(this.known, asked)) ?? this.#callNamed(supervisedCall(asked));
      case 'overheard agent':
        return this.#agent(overheardAgent(this.known, asked));
    }
  }

  #foreign(what: string): string {
    const why = this.supervisor ? 'in no team that its agent leads' : 'its agent is no supervisor';
    return `${what} is not the session's own, and ${why}.`;
  }

  #leads(peripheralId: number, agentId: string): boolean {
    const { own } = this;
    if (peripheralId === own.peripheralId && agentId === own.agentId) return true;
    return peripheralId === own.peripheralId && this.known.world.teams.led(peripheralId, own.agentId, agentId);
  }

  #agent(agent: ServerAgent | undefined): string | undefined {
    return agent === undefined || this.#leads(agent.peripheralId, agent.agentId)
      ? undefined
      : this.#foreign(`agent ${agent.id}`);
  }

  #agentAsked(asked: Asked): string | undefined {
    const subject = agentAsked(this.known, asked);
    if (subject === undefined) return undefined;
    const { peripheralId, agentId } = subject;
    if (agentId === undefined) return this.#foreign('an agent without a name');
    return this.#leads(peripheralId, agentId)
      ? undefined
      : this.#foreign(`agent ${agentObjectId(peripheralId, agentId)}`);
  }

  /** A call at a phone within reach. */
  #call(call: ServerCall | undefined): string | undefined {
    return call === undefined || this.#reaches(call.device) ? undefined : this.#foreign(`the call ${call.id}`);
  }

  #callNamed(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.#call(this.known.world.calls.byReference(id));
  }

  #reaches(device: Device | undefined): boolean {
    const agent = device?.agent;
    if (agent !== undefined) return this.#leads(agent.peripheralId, agent.agentId);
    // An agent who has logged out during a call still has that call.
    return device !== undefined && device === this.own.agent?.lastDevice;
  }

  /** The phone that a message will name. */
  #phone(asked: Asked, whose: 'its own' | 'free'): string | undefined {
    const subject = agentAsked(this.known, asked);
    if (subject === undefined) return undefined;
    // For a mobile agent it is "instrument;phone".
    const name = instrumentOf(subject, asked.args)?.split(';')[0]?.trim();
    if (name === undefined) return undefined;
    const phone = this.known.world.devices.find(subject.peripheralId, name);
    const { agent } = subject;
    if (phone !== undefined && agent !== undefined && phone.agent === agent) return undefined;
    if (agent !== undefined && name === agent.instrument && phone?.agent === undefined) return undefined;
    if (whose === 'its own') return this.#foreign(`the phone ${name}`);
    return phone?.agent === undefined ? undefined : `another agent is logged in at the phone ${name}.`;
  }
}
