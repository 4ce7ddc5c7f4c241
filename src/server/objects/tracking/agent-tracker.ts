/** Updates the Agent objects from agent messages, and publishes the changes. */

import { type Args, isVoice } from '../../../ctios/index.js';
import { Limits, type MessageOf, RecordType } from '../../../ged188/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent } from '../../model/entities.js';
import { type AgentSkill, mergeSkills, sameSkills } from '../../model/state-change.js';
import type { Audience } from '../../object-server.js';
import {
  agentPrecall,
  agentPrecallAbort,
  agentServices,
  agentStateChange,
  incomingOrOutgoing,
  otherMediaStateChange,
  putNames,
  putSkills,
  queryAgentState,
  queryOtherMedia,
  skillsOf,
  skillsOfQuery,
  translationRoute,
  whoAndWhere,
} from '../../translation/agent-events.js';
import { enablementMask } from '../core/button-enablement.js';
import type { Context } from '../core/context.js';
import { UNADDRESSED } from '../core/publisher.js';
import { PrecallAgents } from './precall-agents.js';

export interface AgentWatcher {
  /** OnAgentStateChange was published; its arguments are shared and must not be modified. */
  stateChanged(agent: ServerAgent, args: Args, previous: number): void;
  /** An agent's names became known. */
  named(agent: ServerAgent, args: Args): void;
  precall(event: string, monitored: string, args: Args, agent: ServerAgent): void;
}

/** How late events of agents are at some sites, in milliseconds, with a reserve. */
const LATE_MS = 2_000;

export class AgentTracker {
  readonly #precalls: PrecallAgents;

  constructor(
    private readonly context: Context,
    private readonly watcher: AgentWatcher,
  ) {
    this.#precalls = new PrecallAgents(context.world);
  }

  stateEvent(m: MessageOf<'AGENT_STATE_EVENT'>): void {
    if (m.AgentID === undefined || m.AgentID === '') return;
    const agent = this.context.world.agents.at(m.PeripheralID, m.AgentID);
    if (!isVoice(m.MRDID)) {
      this.#otherMedia(agent, m);
      return;
    }
    const previous = agent.state;
    const repeats = agent.stateChange.repeats(m);
    this.#merge(agent, m, repeats);
    if (!repeats) this.#noteStateSince(agent, m);
    this.#seat(agent);
    if (repeats) this.#publishSkillGroups(agent);
    else this.publishState(agent, previous, m);
  }

  /**
   * The state in e-mail, chat or tasks is independent of the phone: it is published with its MRDID and kept apart from
   * the agent's voice state, so that logging out of a chat does not log the agent out of the phone.
   */
  #otherMedia(agent: ServerAgent, m: MessageOf<'AGENT_STATE_EVENT'>): void {
    const { MRDID: mrd, AgentState: state, EventReasonCode: reason = 0 } = m;
    const known = agent.otherMedia.get(mrd);
    if (known !== undefined && known.state === state && known.reason === reason) return;
    agent.otherMedia.set(mrd, { state, reason });
    this.context.publisher.publish('OnAgentStateChange', otherMediaStateChange(agent, m), audienceOf(agent));
  }

  /**
   * A further message about a change that was published: the state in another skill group, or the rest of a long list.
   */
  #publishSkillGroups(agent: ServerAgent): void {
    const args = whoAndWhere(agent);
    putSkills(args, agent.skills);
    this.context.publisher.publish('OnAgentSkillGroupsChange', args, audienceOf(agent));
  }

  /** @param repeats a further message about the same change, which may not state all of it again */
  #merge(agent: ServerAgent, m: MessageOf<'AGENT_STATE_EVENT'>, repeats: boolean): void {
    agent.updatedAtSeq = this.context.order.current;
    agent.peripheralType = m.PeripheralType;
    this.context.world.peripheralTypes.set(m.PeripheralID, m.PeripheralType);
    agent.state = m.AgentState;
    if (!repeats) {
      agent.reasonCode = m.EventReasonCode ?? 0;
      agent.nextState = m.NextAgentState;
    }
    if (m.AgentExtension) agent.extension = m.AgentExtension;
    if (m.AgentInstrument) agent.instrument = m.AgentInstrument;
    if (m.ICMAgentID !== undefined && m.ICMAgentID > 0) agent.icmAgentId = m.ICMAgentID;
    if (m.Direction !== undefined) agent.direction = incomingOrOutgoing(m.Direction);
    const { all, skills: told } = skillsOf(m);
    const skills = this.#withoutLeft(agent, told);
    agent.skills = all ? agent.stateChange.wholeList(agent.skills, skills) : mergeSkills(agent.skills, skills);
    this.#noteSkillGroups(agent.peripheralId, skills);
  }

  /** The switch reports a duration if the state began earlier, otherwise a change of state has just happened. */
  #noteStateSince(agent: ServerAgent, { AgentState, StateDuration }: MessageOf<'AGENT_STATE_EVENT'>): void {
    // Compared with what was published: a response may have been faster than the event of the change.
    const changed = AgentState !== agent.toldState;
    if (!changed && StateDuration === 0) return;
    agent.stateSince = this.context.clock.monotonic() - StateDuration * 1000;
  }

  /**
   * An agent who logs out leaves the phone only after the event was published, because that phone's clients receive it.
   */
  #seat(agent: ServerAgent): void {
    if (agent.loggedIn && agent.instrument !== undefined) {
      this.context.world.assignDevice(agent, agent.instrument, agent.extension);
    }
  }

  /** Publishes the agent's current state. */
  publishState(agent: ServerAgent, previous: number, m?: MessageOf<'AGENT_STATE_EVENT'>): void {
    agent.told = true;
    agent.toldState = agent.state;
    const args = agentStateChange(agent, m);
    args.EnablementMask = this.#mask(agent);
    this.context.publisher.publish('OnAgentStateChange', args, audienceOf(agent));
    this.watcher.stateChanged(agent, args, previous);
    if (!agent.loggedIn) this.context.world.unseat(agent);
  }

  /**
   * Merges the response to a query. Publishing the state is up to the caller; skill groups that have changed unnoticed
   * are published to everyone, because no state event may follow.
   */
  learn(agent: ServerAgent, m: MessageOf<'QUERY_AGENT_STATE_CONF'>): void {
    if (!isVoice(m.MRDID)) return;
    if (agent.state !== m.AgentState) agent.stateSince = undefined;
    agent.state = m.AgentState;
    if (m.AgentExtension) agent.extension = m.AgentExtension;
    if (m.AgentInstrument) agent.instrument = m.AgentInstrument;
    if (m.ICMAgentID !== undefined && m.ICMAgentID > 0) agent.icmAgentId = m.ICMAgentID;
    const skills = skillsOfQuery(m);
    const before = agent.skills;
    // A full list may be the first part of a longer one: groups missing in it have not been removed.
    if (skills.length >= Limits.MAX_NUM_SKILL_GROUPS) agent.skills = mergeSkills(agent.skills, skills);
    else if (skills.length > 0) agent.skills = skills;
    if (agent.told && !sameSkills(before, agent.skills)) this.#publishSkillGroups(agent);
    this.#noteSkillGroups(agent.peripheralId, skills);
    this.#seat(agent);
  }

  /**
   * OnQueryAgentStateConf for the desktops of an agent, with their button mask.
   * @param client the only one that it is sent to
   */
  queried(agent: ServerAgent, m?: MessageOf<'QUERY_AGENT_STATE_CONF'>, client?: string): Args {
    const hasMask = m === undefined || isVoice(m.MRDID);
    if (hasMask && (client === undefined || !this.context.desktops.hasOther(agent, client))) this.#mask(agent);
    return this.described(agent, m);
  }

  /**
   * The same for a client that requests it. It does not count as sent to the desktops, which must still receive changes
   * of the buttons.
   */
  described(agent: ServerAgent, m?: MessageOf<'QUERY_AGENT_STATE_CONF'>): Args {
    if (m !== undefined && !isVoice(m.MRDID)) return queryOtherMedia(agent, m);
    const { link, clock } = this.context;
    const args = queryAgentState(agent, link.up === undefined ? undefined : clock.monotonic(), m);
    args.EnablementMask = this.#maskOf(agent);
    this.context.buttonUpdates.mark(agent);
    return args;
  }

  #mask(agent: ServerAgent): number {
    agent.lastSentMask = this.#maskOf(agent);
    this.context.buttonUpdates.mark(agent);
    return agent.lastSentMask;
  }

  #maskOf(agent: ServerAgent): number {
    return enablementMask(agent, currentCallOf(agent.device), this.context.buttons);
  }

  #noteSkillGroups(peripheralId: number, skills: readonly AgentSkill[]): void {
    for (const { number, id } of skills) {
      const group = this.context.world.skillGroups.at(peripheralId, number);
      if (id !== undefined) group.skillGroupId = id;
    }
  }

  /** CONFIG_AGENT_EVENT: the configured agents and their names. */
  configured(m: MessageOf<'CONFIG_AGENT_EVENT'>, defaultPeripheral: number): ServerAgent[] {
    const agents: ServerAgent[] = [];
    for (const record of m.Records) {
      if (!record.LoginID) continue;
      const peripheralId = record.FltPeripheralID ?? defaultPeripheral;
      const { world } = this.context;
      if (record.RecordType === RecordType.CONFIG_RECORD_DELETE) {
        const gone = world.agents.find(peripheralId, record.LoginID);
        if (gone !== undefined && !gone.loggedIn) world.agents.delete(gone);
        continue;
      }
      const agent = world.agents.at(peripheralId, record.LoginID);
      agents.push(agent);
      if (record.AgentSkillTargetID !== undefined) agent.icmAgentId = record.AgentSkillTargetID;
      this.#name(agent, record.FirstName, record.LastName, record.LoginName);
      this.#leaveSkillGroups(agent, record.Skills ?? []);
    }
    return agents;
  }

  /**
   * Removes the groups that an agent is no longer configured for. Sites whose state events name one group each send no
   * event for a removed group.
   */
  #leaveSkillGroups(agent: ServerAgent, configured: readonly { FltSkillGroupNumber?: number | undefined }[]): void {
    // An empty list may mean that the server does not send groups, and a full list may be truncated.
    if (configured.length === 0 || configured.length >= Limits.MAX_CONFIG_SKILLS) return;
    const numbers = new Set(configured.map(({ FltSkillGroupNumber: number }) => number));
    const stay = agent.skills.filter(({ number }) => numbers.has(number));
    agent.leftGroups = undefined;
    if (stay.length === agent.skills.length) return;
    const gone = agent.skills.filter((each) => !stay.includes(each)).map(({ number }) => number);
    agent.leftGroups = { numbers: new Set(gone), until: this.context.clock.monotonic() + LATE_MS };
    agent.skills = stay;
    if (agent.told) this.#publishSkillGroups(agent);
  }

  /** Agent events may be later than the configuration. */
  #withoutLeft({ leftGroups }: ServerAgent, skills: readonly AgentSkill[]): readonly AgentSkill[] {
    if (leftGroups === undefined || this.context.clock.monotonic() > leftGroups.until) return skills;
    return skills.filter(({ number }) => !leftGroups.numbers.has(number));
  }

  /** CONFIG_AGENT_SERVICE_EVENT: the services enabled for each agent, identified by the enterprise-wide number. */
  configuredServices(m: MessageOf<'CONFIG_AGENT_SERVICE_EVENT'>): void {
    for (const { AgentSkillTargetID, EnabledServices, RecordType: type } of m.Records) {
      const agent =
        AgentSkillTargetID === undefined ? undefined : this.context.world.agents.byIcmAgentId(AgentSkillTargetID);
      if (agent === undefined) continue;
      const services =
        type === RecordType.CONFIG_RECORD_DELETE
          ? []
          : EnabledServices.map(({ FltEnabledServices }) => FltEnabledServices).filter((each) => each !== undefined);
      if (String(services) === String(agent.services ?? [])) continue;
      agent.services = services;
      this.context.publisher.publish('OnAgentServicesChange', agentServices(agent), audienceOf(agent));
    }
  }

  #name(agent: ServerAgent, first: string | undefined, last: string | undefined, login: string | undefined): void {
    if (first === undefined && last === undefined && login === undefined) return;
    if (agent.firstName === first && agent.lastName === last && agent.loginName === login) return;
    agent.firstName = first;
    agent.lastName = last;
    agent.loginName = login;
    const args = whoAndWhere(agent);
    putNames(args, agent);
    this.context.publisher.publish('OnAgentInfoEvent', args, { agent: agent.id });
    this.watcher.named(agent, args);
  }

  /** CONFIG_SKILL_GROUP_EVENT: the names of skill groups. */
  configuredSkillGroups(m: MessageOf<'CONFIG_SKILL_GROUP_EVENT'>, defaultPeripheral: number): void {
    for (const record of m.Records) {
      if (record.PeripheralNumber === undefined) continue;
      const peripheralId = record.FltPeripheralID ?? defaultPeripheral;
      const { skillGroups } = this.context.world;
      if (record.RecordType === RecordType.CONFIG_RECORD_DELETE) {
        skillGroups.delete(peripheralId, record.PeripheralNumber);
        continue;
      }
      const group = skillGroups.at(peripheralId, record.PeripheralNumber);
      if (record.SkillGroupSkillTargetID !== undefined) group.skillGroupId = record.SkillGroupSkillTargetID;
      const name = record.PeripheralName ?? record.FltPrecisionQueueName;
      if (name === undefined || name === group.name) continue;
      group.name = name;
      this.context.publisher.publish('OnSkillInfoEvent', skillInfo(group));
    }
  }

  translationRoute(m: MessageOf<'CALL_TRANSLATION_ROUTE_EVENT'>): void {
    this.context.publisher.publish('OnTranslationRoute', translationRoute(m));
  }

  precall(m: MessageOf<'AGENT_PRE_CALL_EVENT'>): void {
    const agent = this.#precalls.announced(m);
    this.#publishPrecall('OnAgentPrecallEvent', 'OnMonitoredCallAgentPrecallEvent', agentPrecall(m, agent), agent);
  }

  precallAbort(m: MessageOf<'AGENT_PRE_CALL_ABORT_EVENT'>): void {
    const agent = this.#precalls.takenBack(m);
    this.#publishPrecall(
      'OnAgentPrecallAbortEvent',
      'OnMonitoredCallAgentPrecallAbortEvent',
      agentPrecallAbort(m, agent),
      agent,
    );
  }

  #publishPrecall(event: string, monitored: string, args: Args, agent: ServerAgent | undefined): void {
    this.context.publisher.publish(event, args, agent === undefined ? UNADDRESSED : audienceOf(agent));
    if (agent !== undefined) this.watcher.precall(event, monitored, args, agent);
  }
}

export function audienceOf(agent: ServerAgent): Audience {
  return agent.device?.audience ?? { agent: agent.id };
}

export function skillInfo(group: {
  id: string;
  peripheralId: number;
  number: number;
  skillGroupId: number | undefined;
  name: string | undefined;
}): Args {
  const args: Args = {
    UniqueObjectID: group.id,
    PeripheralID: group.peripheralId,
    SkillGroupNumber: group.number,
    SkillGroupName: group.name ?? '',
  };
  if (group.skillGroupId !== undefined) args.SkillGroupID = group.skillGroupId;
  return args;
}
