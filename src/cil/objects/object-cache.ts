/**
 * The objects of a session, updated by events. `object-effects.ts` defines the effect of each event. The cache does not
 * call listeners; it updates the objects before they run, and removes ended calls after them.
 */
import { LOGGED_OUT } from '../../ctios/enums/agent-states.js';
import type { Args, ArgValue } from '../../ctios/transport.js';
import { toText } from '../../ctios/values.js';
import type { Agent } from './agent.js';
import type { Call } from './call.js';
import { CONFIRMED_KEYWORDS, type ObjectEffect } from './object-effects.js';
import type { ObjectBefore } from './previous-values.js';
import type { SkillGroup } from './skill-group.js';
import type { Moment } from './state-since.js';

/** The objects that an event concerns. */
export interface Touched {
  objectId: string | undefined;
  call: Call | undefined;
  agent: Agent | undefined;
  skillGroup: SkillGroup | undefined;
  /** The call or agent that the event is about, as it was before; undefined if it is new or unchanged. */
  before?: ObjectBefore | undefined;
}

/** Creates the objects; they hold the session, which the cache need not know. */
export interface ObjectMaker {
  call(monitored: boolean): Call;
  agent(): Agent;
  skillGroup(): SkillGroup;
}

export class ObjectCache {
  readonly calls = new Map<string, Call>();
  readonly agents = new Map<string, Agent>();
  readonly skillGroups = new Map<string, SkillGroup>();
  /** Maps `<PeripheralID>.<instrument>` to the agent at that device. */
  readonly #agentsByDevice = new Map<string, Agent>();
  readonly #deviceOf = new Map<Agent, string>();

  constructor(private readonly make: ObjectMaker) {}

  /**
   * Applies one event.
   * @param monitored the event is a supervisor's copy: a call it introduces is not at the session's own device
   * @param moment when it was received; without it, nothing is known about how long states last
   */
  apply(effect: ObjectEffect, args: Args, monitored: boolean, moment?: Moment): Touched {
    const objectId = idOf(args);
    const touched: Touched = {
      objectId,
      call: undefined,
      agent: undefined,
      skillGroup: undefined,
      before: undefined,
    };
    if (objectId === undefined) touched.agent = this.#agentOfDevice(args);
    else if (objectId.startsWith('call.')) this.#applyToCall(touched, objectId, effect, args, monitored, moment);
    else if (objectId.startsWith('agent.')) touched.agent = this.#applyToAgent(touched, objectId, effect, args, moment);
    else if (objectId.startsWith('skillgroup.')) touched.skillGroup = this.#applyToGroup(objectId, effect, args);
    return touched;
  }

  /** Moves an agent to another key: the server has named the agent that the application created. */
  adoptAgent(agent: Agent, id: string): void {
    const known = this.agents.get(id);
    if (known === agent) return;
    const before = agent.uniqueObjectID;
    if (this.agents.get(before) === agent) this.agents.delete(before);
    // Applies what an earlier event has reported about the agent.
    if (known !== undefined) {
      agent.merge(known.properties());
      this.removeAgent(known);
    }
    this.agents.set(id, agent);
    this.#place(agent);
  }

  /** Removes calls monitored by a supervisor. */
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

  /** The link was lost: the duration of a state is certain only if it has been reported since. */
  noteGap(from: number, moment: Moment): void {
    for (const call of this.calls.values()) call.noteGap(from, moment);
    for (const agent of this.agents.values()) agent.noteGap(from, moment);
  }

  #applyToCall(
    touched: Touched,
    id: string,
    effect: ObjectEffect,
    args: Args,
    monitored: boolean,
    moment: Moment | undefined,
  ): void {
    let call = this.#rekeyed(id, args.OldUniqueObjectID) ?? this.calls.get(id);
    if (call !== undefined) touched.before = beforeOf(call, effect);
    else if (effect === 'update') {
      call = this.make.call(monitored || args.Monitored === true);
      this.calls.set(id, call);
    }
    if (call !== undefined && effect !== 'mention') {
      const { CallStatus } = call.properties();
      if (effect === 'confirm') call.mergeOnly(args, CONFIRMED_KEYWORDS);
      else call.merge(args);
      if (moment !== undefined) call.noteState('CallStatus', CallStatus, args, moment);
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

  /** An agent of whom only the name is known: the id identifies it. */
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
    const named = joined(args.PeripheralID, args.AgentInstrument);
    return named === undefined ? undefined : this.#agentsByDevice.get(named);
  }

  #applyToAgent(
    touched: Touched,
    id: string,
    effect: ObjectEffect,
    args: Args,
    moment: Moment | undefined,
  ): Agent | undefined {
    let agent = this.agents.get(id);
    if (agent !== undefined) touched.before = beforeOf(agent, effect);
    else if (effect === 'update') {
      agent = this.make.agent();
      this.agents.set(id, agent);
    }
    if (agent === undefined) return undefined;
    if (effect === 'update') {
      const { AgentState } = agent.properties();
      agent.merge(args);
      // It belongs to the event that has reported it.
      if (args.AgentState !== undefined && args.StateDuration === undefined) agent.forget('StateDuration');
      if (moment !== undefined) agent.noteState('AgentState', AgentState, args, moment);
      // Known from its id even if the event omits it.
      if (agent.properties().UniqueObjectID === undefined) agent.merge({ UniqueObjectID: id });
      if (args.AgentInstrument !== undefined || args.AgentState !== undefined) this.#place(agent);
    } else if (effect === 'confirm') agent.mergeOnly(args, CONFIRMED_KEYWORDS);
    return agent;
  }

  /** The agent at a device is known from the agent's own events; an agent who has logged out is at no device. */
  #place(agent: Agent): void {
    const { PeripheralID, AgentInstrument, AgentState } = agent.properties();
    const device = joined(PeripheralID, AgentInstrument);
    if (device === undefined) return;
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

function beforeOf(object: Call | Agent, effect: ObjectEffect): ObjectBefore | undefined {
  if (effect === 'mention') return undefined;
  const only = effect === 'confirm' ? CONFIRMED_KEYWORDS : undefined;
  return { known: object.recordSnapshot, since: object.stateSince, only };
}

/** The object an event is for: named, or identified by the numbers that make its id. */
function idOf(args: Args): string | undefined {
  const id = args.UniqueObjectID;
  if (typeof id === 'string') return id;
  const { PeripheralID } = args;
  const agent = joined(PeripheralID, args.AgentID);
  if (agent !== undefined) return `agent.${agent}`;
  const group = args.Statistics === undefined ? undefined : joined(PeripheralID, args.SkillGroupNumber);
  return group === undefined ? undefined : `skillgroup.${group}`;
}

/** A part of a name. A server may send an object for it, which has no text, or one that throws. */
function joined(peripheralId: ArgValue | undefined, name: ArgValue | undefined): string | undefined {
  const [first, second] = [toText(peripheralId), toText(name)];
  return first === undefined || second === undefined ? undefined : `${first}.${second}`;
}
