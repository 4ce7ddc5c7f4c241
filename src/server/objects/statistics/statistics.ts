/**
 * Statistics: who subscribes to which, when to query the CTI Server, and the resulting events. An agent's are queried
 * when a call ends (or periodically), a skill group's periodically. For the pace see `poller.ts`.
 */

import { type Args, parseObjectId } from '../../../ctios/index.js';
import type { MessageInit, MessageName, MessageOf } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import type { ServerSkillGroup } from '../../model/skill-groups.js';
import type { Audience } from '../../object-server.js';
import { numberArgument, textArgument } from '../../translation/call-requests.js';
import { refusal } from '../../translation/failures.js';
import { agentStatistics, minimised, skillGroupStatistics } from '../../translation/statistics.js';
import type { Context } from '../core/context.js';
import { UNADDRESSED } from '../core/publisher.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import { subjectOfAgent } from '../requests/request-results.js';
import { audienceOf, skillInfo } from '../tracking/agent-tracker.js';
import { Poll } from './poller.js';

/** Maximum number of skill groups before a client can no longer add one by naming it; no contact center has as many. */
const MAX_GROUPS = 20_000;

export class Statistics {
  readonly #agents: Poll<ServerAgent>;
  readonly #groups: Poll<ServerSkillGroup>;

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
  ) {
    const { clock, settings } = context;
    this.#agents = new Poll(clock, settings.agentPollingIntervalSec * 1000, (agent) => this.#sendAgent(agent));
    this.#groups = new Poll(clock, settings.skillGroupPollingIntervalSec * 1000, (group) => this.#sendGroup(group));
    requests.add('EnableAgentStatistics', (request) => this.#enableAgent(request));
    requests.add('DisableAgentStatistics', (request) => this.#disableAgent(request));
    requests.add('EnableSkillGroupStatistics', (request) => this.#enableGroups(request));
    requests.add('DisableSkillGroupStatistics', (request) => this.#disableGroups(request));
  }

  release(clientId: string): void {
    this.#agents.releaseAll(clientId);
    this.#groups.releaseAll(clientId);
  }

  /** Polling resumes where it stopped; clients need not enable statistics again. */
  linkUp(): void {
    this.#agents.resume();
    this.#groups.resume();
  }

  linkDown(): void {
    this.#agents.pause();
    this.#groups.pause();
  }

  /** An agent's call has ended, which changes its counters. */
  callEnded(agent: ServerAgent): void {
    if (this.context.settings.pollForAgentStatsAtEndCall && this.#agents.wants(agent))
      this.context.background(this.#agents.ask(agent));
  }

  /** After-call work is over, and its time is counted only now. */
  stateChanged(agent: ServerAgent): void {
    this.callEnded(agent);
  }

  #enableAgent(request: RequestContext): void {
    const subject = this.requests.agentFor(request);
    if (subject === undefined) return;
    const { agent } = subject;
    if (agent === undefined || !agent.loggedIn) {
      const about = subjectOfAgent('EnableAgentStatistics', subject);
      const why = 'EnableAgentStatistics: the agent is not logged in.';
      request.respond(refusal(about, 'CTIOS_AGENT_NOT_LOGGED_IN', why));
      return;
    }
    const inTurns = !this.context.settings.pollForAgentStatsAtEndCall;
    this.#agents.subscribe(agent, request.from.clientId, inTurns);
    request.confirm();
    this.context.background(this.#agents.ask(agent));
  }

  #disableAgent(request: RequestContext): void {
    const subject = this.requests.agentFor(request);
    if (subject === undefined) return;
    if (subject.agent !== undefined) this.#agents.release(subject.agent, request.from.clientId);
    request.confirm();
  }

  #enableGroups(request: RequestContext): void {
    const groups = this.#groupsOf(request, (peripheralId, number) => this.#groupAt(peripheralId, number));
    if (groups.length === 0) {
      const { definition, target } = request;
      const full = this.#full ? ` This server knows ${MAX_GROUPS} groups and takes no more by name.` : '';
      const why = `${definition.name}: no skill group is known; name one with SkillGroupNumber.${full}`;
      request.respond(refusal({ request: definition.name, objectId: target }, 'CTIOS_NO_OBJECT', why));
      return;
    }
    request.confirm();
    for (const group of groups) {
      this.#groups.subscribe(group, request.from.clientId, true);
      if (group.name !== undefined) {
        this.context.publisher.publish('OnSkillInfoEvent', skillInfo(group), { client: request.from.clientId });
      }
    }
    this.#groups.pollNow();
  }

  #disableGroups(request: RequestContext): void {
    const { skillGroups } = this.context.world;
    const groups = this.#groupsOf(request, (peripheralId, number) => skillGroups.find(peripheralId, number));
    for (const group of groups) this.#groups.release(group, request.from.clientId);
    request.confirm();
  }

  get #full(): boolean {
    return this.context.world.skillGroups.size >= MAX_GROUPS;
  }

  /** A group named by a client need not be known yet, but the number of such groups is limited. */
  #groupAt(peripheralId: number, number: number): ServerSkillGroup | undefined {
    const { skillGroups } = this.context.world;
    const known = skillGroups.find(peripheralId, number);
    if (known !== undefined || this.#full) return known;
    return skillGroups.at(peripheralId, number);
  }

  /** The named group, the listed groups, the agent's own, or, if none are specified, all that are known. */
  #groupsOf(
    { args, target, from }: RequestContext,
    group: (peripheralId: number, number: number) => ServerSkillGroup | undefined,
  ): ServerSkillGroup[] {
    const { world, settings } = this.context;
    const own = from.agent === undefined ? undefined : world.agents.byId(from.agent);
    const found = (peripheralId: number, numbers: readonly number[]) =>
      numbers.map((number) => group(peripheralId, number)).filter((each) => each !== undefined);
    if (target?.startsWith('skillgroup.')) {
      const id = parseObjectId(target);
      return id?.kind === 'skillgroup' ? found(id.peripheralID, [id.skillGroupNumber]) : [];
    }
    const peripheralId = numberArgument(args.PeripheralID) ?? own?.peripheralId ?? settings.peripheralId;
    const numbers = numbersOf(args);
    if (numbers.length > 0) return found(peripheralId, numbers);
    if (own !== undefined)
      return found(
        own.peripheralId,
        own.skills.map((skill) => skill.number),
      );
    return [...world.skillGroups].filter(
      (group) => numberArgument(args.PeripheralID) === undefined || group.peripheralId === peripheralId,
    );
  }

  #sendAgent(agent: ServerAgent): Promise<void> {
    const message = {
      type: 'QUERY_AGENT_STATISTICS_REQ' as const,
      PeripheralID: agent.peripheralId,
      AgentID: agent.agentId,
      AgentInstrument: agent.instrument,
    };
    return this.#query<'QUERY_AGENT_STATISTICS_CONF'>(message, (m) => {
      const whole = agentStatistics(m, agent);
      const columns = this.context.settings.agentStatisticsColumns;
      const told = this.#publish('OnAgentStatistics', whole, columns, audienceOf(agent));
      this.#toWatchers(this.#agents.watchers(agent), 'OnAgentStatistics', told, agent.id);
    });
  }

  #sendGroup(group: ServerSkillGroup): Promise<void> {
    const message = {
      type: 'QUERY_SKILL_GROUP_STATISTICS_REQ' as const,
      PeripheralID: group.peripheralId,
      SkillGroupNumber: group.number,
      SkillGroupID: group.skillGroupId,
    };
    return this.#query<'QUERY_SKILL_GROUP_STATISTICS_CONF'>(message, (m) => {
      const whole = skillGroupStatistics(m, group);
      const columns = this.context.settings.skillGroupStatisticsColumns;
      const told = this.#publish('OnSkillGroupStatisticsUpdated', whole, columns, UNADDRESSED);
      this.#toWatchers(this.#groups.watchers(group), 'OnSkillGroupStatisticsUpdated', told, undefined);
    });
  }

  /**
   * The result is published as an event. A failure is not reported here: the state of the link shows it, and the next
   * poll repeats the query.
   * @returns a promise that is fulfilled when the poll can continue
   */
  #query<N extends MessageName>(message: MessageInit, publish: (m: MessageOf<N>) => void): Promise<void> {
    return new Promise((over) =>
      this.context.ask<N>(message, this.context.settings.answerMs, (conf) => {
        over();
        if (conf !== undefined) publish(conf);
      }),
    );
  }

  /**
   * Reduced to the columns of the site's grids, unless there are none (DisableStatsMinimization). Monitor sessions
   * receive all statistics if the site is configured so (DisableMonitorModeStatsMinimization).
   * @returns the event as desktops receive it
   */
  #publish(event: string, whole: Args, columns: readonly string[], to: Audience): Args {
    const { publisher, settings } = this.context;
    const told = minimised(whole, columns);
    if (told === whole || !settings.disableMonitorModeStatsMinimization) {
      publisher.publish(event, told, to);
      return told;
    }
    publisher.publish(event, told, { ...to, agentModeOnly: true });
    publisher.publish(event, whole, UNADDRESSED);
    return told;
  }

  /** Monitor sessions receive it by their filter, the agent's own desktop by the agent; other desktops individually. */
  #toWatchers(watchers: Iterable<string>, event: string, args: Args, agentId: string | undefined): void {
    for (const clientId of watchers) {
      const own = this.context.desktops.agentOfClient(clientId);
      if (own !== undefined && own.id !== agentId) this.context.publisher.publish(event, args, { client: clientId });
    }
  }
}

/** SkillGroupNumber, or the numbers in SkillGroupNumbers. */
function numbersOf(args: Args): number[] {
  const one = numberArgument(args.SkillGroupNumber);
  if (one !== undefined) return [one];
  const list = args.SkillGroupNumbers;
  const values = typeof list === 'object' ? Object.values(list) : (textArgument(list)?.split(',') ?? []);
  return values.map((each) => numberArgument(each)).filter((each) => each !== undefined);
}
