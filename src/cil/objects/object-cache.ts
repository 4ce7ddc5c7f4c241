/**
 * The objects of a session, kept true by events. Which event does what: `object-effects.ts`. The cache decides nothing
 * about who is told; it brings the objects up to date before the listeners run and removes ended calls after them.
 */
import type { Args } from '../../ctios/transport.js';
import type { Agent } from './agent.js';
import type { Call } from './call.js';
import { CONFIRMED_KEYWORDS, type ObjectEffect } from './object-effects.js';
import type { SkillGroup } from './skill-group.js';

/** The objects that an event is about. */
export interface Touched {
  objectId: string | undefined;
  call: Call | undefined;
  agent: Agent | undefined;
  skillGroup: SkillGroup | undefined;
}

/** Makes the objects; they hold the session, which the cache need not know. */
export interface ObjectMaker {
  call(monitored: boolean): Call;
  agent(): Agent;
  skillGroup(): SkillGroup;
}

export class ObjectCache {
  readonly calls = new Map<string, Call>();
  readonly agents = new Map<string, Agent>();
  readonly skillGroups = new Map<string, SkillGroup>();
  /** `<PeripheralID>.<instrument>` -> the agent who works there. */
  readonly #agentsByDevice = new Map<string, Agent>();
  readonly #deviceOf = new Map<Agent, string>();

  constructor(private readonly make: ObjectMaker) {}

  /**
   * Applies one event.
   * @param monitored the event is a supervisor's copy: a call it introduces is not on the session's own device
   */
  apply(effect: ObjectEffect, args: Args, monitored: boolean): Touched {
    const objectId = idOf(args);
    const touched: Touched = { objectId, call: undefined, agent: undefined, skillGroup: undefined };
    if (objectId === undefined) touched.agent = this.#agentOfDevice(args);
    else if (objectId.startsWith('call.')) this.#applyToCall(touched, objectId, effect, args, monitored);
    else if (objectId.startsWith('agent.')) touched.agent = this.#applyToAgent(objectId, effect, args);
    else if (objectId.startsWith('skillgroup.')) touched.skillGroup = this.#applyToGroup(objectId, effect, args);
    return touched;
  }

  /** Puts an agent under another key: the server has named what the application made. */
  adoptAgent(agent: Agent, id: string): void {
    const known = this.agents.get(id);
    if (known === agent) return;
    const before = agent.uniqueObjectID;
    if (this.agents.get(before) === agent) this.agents.delete(before);
    // What an earlier event has told of it.
    if (known !== undefined) {
      agent.merge(known.properties());
      this.removeAgent(known);
    }
    this.agents.set(id, agent);
    this.#place(agent);
  }

  /** Calls that a supervisor has watched. */
  forgetMonitoredCalls(): void {
    for (const [id, call] of this.calls) if (call.monitored) this.calls.delete(id);
  }

  removeAgent(agent: Agent): void {
    this.agents.delete(agent.uniqueObjectID);
    const device = this.#deviceOf.get(agent);
    if (device !== undefined && this.#agentsByDevice.get(device) === agent) this.#agentsByDevice.delete(device);
    this.#deviceOf.delete(agent);
  }

  clear(): void {
    this.calls.clear();
    this.agents.clear();
    this.skillGroups.clear();
    this.#agentsByDevice.clear();
    this.#deviceOf.clear();
  }

  #applyToCall(touched: Touched, id: string, effect: ObjectEffect, args: Args, monitored: boolean): void {
    let call = this.#rekeyed(id, args.OldUniqueObjectID) ?? this.calls.get(id);
    if (call === undefined && effect === 'update') {
      call = this.make.call(monitored || args.Monitored === true);
      this.calls.set(id, call);
    }
    if (call !== undefined) {
      if (effect === 'update' || effect === 'refresh' || effect === 'end') call.merge(args);
      else if (effect === 'confirm') call.mergeOnly(args, CONFIRMED_KEYWORDS);
    }
    touched.call = call;
    touched.agent = this.#agentOnCall(call, args);
  }

  #rekeyed(id: string, oldId: unknown): Call | undefined {
    if (typeof oldId !== 'string' || oldId === id) return undefined;
    const call = this.calls.get(oldId);
    if (call === undefined) return undefined;
    this.calls.delete(oldId);
    this.calls.set(id, call);
    return call;
  }

  #agentOnCall(call: Call | undefined, args: Args): Agent | undefined {
    const named = args.FilterTarget;
    if (typeof named === 'string' && named.startsWith('agent.')) {
      if (call !== undefined) call.agentId = named;
      return this.agents.get(named) ?? this.#introduce(named);
    }
    const byDevice = this.#agentOfDevice(args);
    if (byDevice !== undefined) {
      if (call !== undefined) call.agentId = byDevice.uniqueObjectID;
      return byDevice;
    }
    return call?.agentId === undefined ? undefined : this.agents.get(call.agentId);
  }

  /** An agent who is only named as yet: its id says who it is. */
  #introduce(id: string): Agent {
    const agent = this.make.agent();
    const [, peripheral, ...agentId] = id.split('.');
    agent.merge({ UniqueObjectID: id, PeripheralID: Number(peripheral), AgentID: agentId.join('.') });
    this.agents.set(id, agent);
    return agent;
  }

  #agentOfDevice(args: Args): Agent | undefined {
    const device = args.DeviceUniqueObjectID;
    if (typeof device === 'string') return this.#agentsByDevice.get(device.slice('device.'.length));
    if (args.AgentInstrument === undefined || args.PeripheralID === undefined) return undefined;
    return this.#agentsByDevice.get(`${args.PeripheralID}.${args.AgentInstrument}`);
  }

  #applyToAgent(id: string, effect: ObjectEffect, args: Args): Agent | undefined {
    let agent = this.agents.get(id);
    if (agent === undefined && effect === 'update') {
      agent = this.make.agent();
      this.agents.set(id, agent);
    }
    if (agent === undefined) return undefined;
    if (effect === 'update') {
      agent.merge(args);
      // Known by their id even where the event leaves it out.
      if (agent.properties().UniqueObjectID === undefined) agent.merge({ UniqueObjectID: id });
      if (args.AgentInstrument !== undefined || args.AgentState !== undefined) this.#place(agent);
    } else if (effect === 'confirm') agent.mergeOnly(args, CONFIRMED_KEYWORDS);
    return agent;
  }

  /** Who works at a device is known from the agent's own events; an agent who has logged out works nowhere. */
  #place(agent: Agent): void {
    const { PeripheralID, AgentInstrument, AgentState } = agent.properties();
    if (AgentInstrument === undefined) return;
    const device = `${PeripheralID}.${AgentInstrument}`;
    const before = this.#deviceOf.get(agent);
    if (before === device && AgentState !== LOGGED_OUT) return;
    if (before !== undefined && this.#agentsByDevice.get(before) === agent) this.#agentsByDevice.delete(before);
    if (AgentState === LOGGED_OUT) this.#deviceOf.delete(agent);
    else {
      this.#agentsByDevice.set(device, agent);
      this.#deviceOf.set(agent, device);
    }
  }

  #applyToGroup(id: string, effect: ObjectEffect, args: Args): SkillGroup | undefined {
    let group = this.skillGroups.get(id);
    if (group === undefined && effect === 'update') {
      group = this.make.skillGroup();
      this.skillGroups.set(id, group);
    }
    if (group !== undefined && effect === 'update') {
      group.merge(args);
      if (group.properties().UniqueObjectID === undefined) group.merge({ UniqueObjectID: id });
    }
    return group;
  }
}

/** Enumeration AgentState, eLogout. */
const LOGGED_OUT = 1;

/** The object an event is for: named, or told by the numbers that make its id. */
function idOf(args: Args): string | undefined {
  const id = args.UniqueObjectID;
  if (typeof id === 'string') return id;
  const { PeripheralID } = args;
  if (PeripheralID === undefined) return undefined;
  if (args.AgentID !== undefined) return `agent.${PeripheralID}.${args.AgentID}`;
  if (args.SkillGroupNumber !== undefined && args.Statistics !== undefined) {
    return `skillgroup.${PeripheralID}.${args.SkillGroupNumber}`;
  }
  return undefined;
}
