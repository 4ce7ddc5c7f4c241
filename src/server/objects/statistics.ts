/**
 * Statistics: who wants which, when to ask the CTI Server, and the events that bring them. An agent's are asked for when
 * a call ends (or in turns), a skill group's in turns. A turn never begins before the last one is over, and grows with
 * the round trip and the number of groups: polling must not queue up behind itself.
 */
import type { Clock, Timer } from '../../common/clock.js';
import type { Args } from '../../ctios/index.js';
import type { MessageOf } from '../../ged188/index.js';
import type { RequestResult } from '../object-server.js';
import { number, text } from '../translation/call-requests.js';
import { refusal } from '../translation/failures.js';
import { agentStatistics, skillGroupStatistics } from '../translation/statistics.js';
import { audienceOf, skillInfo } from './agent-tracker.js';
import type { ServerAgent } from './agents.js';
import type { Context } from './context.js';
import { type Asking, type Requests, subjectOfAgent } from './requests.js';
import type { ServerSkillGroup } from './skill-groups.js';
import { Window } from './window.js';

/** Requests for statistics on their way at a time. */
const WINDOW = 8;
/** At most this share of the time is spent on asking. */
const DUTY = 0.5;

export class Statistics {
  readonly #agents: Poll<ServerAgent>;
  readonly #groups: Poll<ServerSkillGroup>;
  readonly #window = new Window(WINDOW);

  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
  ) {
    const { clock, settings } = context;
    // Statistics that come at the end of a call come in turns as well, but seldom: times go on without calls.
    this.#agents = new Poll(clock, settings.agentPollingIntervalSec * 1000, (agent) => this.#askAgent(agent));
    this.#groups = new Poll(clock, settings.skillGroupPollingIntervalSec * 1000, (group) => this.#askGroup(group));
    requests.add('EnableAgentStatistics', (asking) => this.#enableAgent(asking));
    requests.add('DisableAgentStatistics', (asking) => this.#disableAgent(asking));
    requests.add('EnableSkillGroupStatistics', (asking) => this.#enableGroups(asking));
    requests.add('DisableSkillGroupStatistics', (asking) => this.#disableGroups(asking));
  }

  release(clientId: string): void {
    this.#agents.releaseAll(clientId);
    this.#groups.releaseAll(clientId);
  }

  /** Polling goes on where it stood: who enabled statistics need not do so again. */
  linkUp(): void {
    this.#agents.resume();
    this.#groups.resume();
  }

  linkDown(): void {
    this.#agents.pause();
    this.#groups.pause();
  }

  /** An agent's call has ended: its counters move. */
  callEnded(agent: ServerAgent): void {
    if (this.context.settings.pollForAgentStatsAtEndCall && this.#agents.wants(agent))
      this.context.background(this.#askAgent(agent));
  }

  /** After-call work is over: what it took is counted only now. */
  stateChanged(agent: ServerAgent): void {
    this.callEnded(agent);
  }

  #enableAgent(asking: Asking): RequestResult {
    const subject = this.requests.agentOf(asking);
    if (subject === undefined) return this.requests.noAgent(asking);
    const { agent } = subject;
    if (agent === undefined || !agent.loggedIn) {
      return refusal(
        subjectOfAgent('EnableAgentStatistics', subject),
        'CTIOS_AGENT_NOT_LOGGED_IN',
        'EnableAgentStatistics: the agent is not logged in.',
      );
    }
    const inTurns = !this.context.settings.pollForAgentStatsAtEndCall;
    this.#agents.want(agent, asking.from.clientId, inTurns);
    asking.end({ outcome: 'confirmed' });
    this.context.background(this.#askAgent(agent));
    return { outcome: 'confirmed' };
  }

  #disableAgent(asking: Asking): RequestResult {
    const subject = this.requests.agentOf(asking);
    if (subject === undefined) return this.requests.noAgent(asking);
    if (subject.agent !== undefined) this.#agents.release(subject.agent, asking.from.clientId);
    return { outcome: 'confirmed' };
  }

  #enableGroups(asking: Asking): RequestResult {
    const groups = this.#groupsOf(asking);
    if (groups.length === 0) {
      return refusal(
        { request: asking.definition.name, objectId: asking.target },
        'CTIOS_NO_OBJECT',
        `${asking.definition.name}: no skill group is known; name one with SkillGroupNumber.`,
      );
    }
    asking.end({ outcome: 'confirmed' });
    for (const group of groups) {
      this.#groups.want(group, asking.from.clientId, true);
      if (group.name !== undefined) {
        this.context.publisher.publish('OnSkillInfoEvent', skillInfo(group), { client: asking.from.clientId });
      }
    }
    this.#groups.now();
    return { outcome: 'confirmed' };
  }

  #disableGroups(asking: Asking): RequestResult {
    for (const group of this.#groupsOf(asking)) this.#groups.release(group, asking.from.clientId);
    return { outcome: 'confirmed' };
  }

  /** The group named, the groups listed, the agent's own, or, with nothing said, all that are known. */
  #groupsOf(asking: Asking): ServerSkillGroup[] {
    const { args, target, from } = asking;
    const { world, settings } = this.context;
    const own = from.agent === undefined ? undefined : world.agents.byId(from.agent);
    if (target?.startsWith('skillgroup.')) {
      const known = world.skillGroups.byId(target);
      const [, peripheral, group] = target.split('.');
      return [known ?? world.skillGroups.at(Number(peripheral), Number(group))];
    }
    const peripheralId = number(args.PeripheralID) ?? own?.peripheralId ?? settings.peripheralId;
    const numbers = numbersOf(args);
    if (numbers.length > 0) return numbers.map((each) => world.skillGroups.at(peripheralId, each));
    if (own !== undefined) return own.skills.map((skill) => world.skillGroups.at(own.peripheralId, skill.number));
    return [...world.skillGroups].filter(
      (group) => number(args.PeripheralID) === undefined || group.peripheralId === peripheralId,
    );
  }

  async #askAgent(agent: ServerAgent): Promise<void> {
    const { link, settings, publisher } = this.context;
    await this.#window.run(() =>
      link
        .request(
          {
            type: 'QUERY_AGENT_STATISTICS_REQ',
            PeripheralID: agent.peripheralId,
            AgentID: agent.agentId,
            AgentInstrument: agent.instrument,
          },
          settings.answerMs,
          (m) => {
            const args = agentStatistics(
              m as MessageOf<'QUERY_AGENT_STATISTICS_CONF'>,
              agent,
              settings.agentStatisticsColumns,
            );
            publisher.publish('OnAgentStatistics', args, audienceOf(agent));
            this.#toWatchers(this.#agents.watchers(agent), 'OnAgentStatistics', args, agent.id);
          },
        )
        // The next turn asks again; a broken link is told by its own event.
        .catch(() => undefined),
    );
  }

  async #askGroup(group: ServerSkillGroup): Promise<void> {
    const { link, settings, publisher } = this.context;
    await this.#window.run(() =>
      link
        .request(
          {
            type: 'QUERY_SKILL_GROUP_STATISTICS_REQ',
            PeripheralID: group.peripheralId,
            SkillGroupNumber: group.number,
            SkillGroupID: group.skillGroupId,
          },
          settings.answerMs,
          (m) => {
            const conf = m as MessageOf<'QUERY_SKILL_GROUP_STATISTICS_CONF'>;
            const args = skillGroupStatistics(conf, group, settings.skillGroupStatisticsColumns);
            publisher.publish('OnSkillGroupStatisticsUpdated', args);
            this.#toWatchers(this.#groups.watchers(group), 'OnSkillGroupStatisticsUpdated', args, undefined);
          },
        )
        .catch(() => undefined),
    );
  }

  /** Monitor sessions have it by their filter, the agent's own desktop by the agent; other desktops are told one by one. */
  #toWatchers(watchers: Iterable<string>, event: string, args: Args, agentId: string | undefined): void {
    for (const clientId of watchers) {
      const own = this.agentOfClient(clientId);
      if (own !== undefined && own.id !== agentId) this.context.publisher.publish(event, args, { client: clientId });
    }
  }

  /** The agent of an agent-mode client; undefined for clients in monitor mode. */
  agentOfClient: (clientId: string) => ServerAgent | undefined = () => undefined;
}

/** SkillGroupNumber, or the numbers in SkillGroupNumbers. */
function numbersOf(args: Args): number[] {
  const one = number(args.SkillGroupNumber);
  if (one !== undefined) return [one];
  const list = args.SkillGroupNumbers;
  const values = typeof list === 'object' ? Object.values(list) : (text(list)?.split(',') ?? []);
  return values.map((each) => number(each)).filter((each) => each !== undefined);
}

/** Things asked about in turns, and who wants to know. */
class Poll<T> {
  /** Clients that want to know of a thing. */
  readonly #wanted = new Map<T, Set<string>>();
  readonly #inTurns = new Set<T>();
  #timer: Timer | undefined;
  #asking = false;
  #paused = false;

  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly ask: (thing: T) => Promise<void>,
  ) {}

  wants(thing: T): boolean {
    return this.#wanted.has(thing);
  }

  watchers(thing: T): Iterable<string> {
    return this.#wanted.get(thing) ?? [];
  }

  want(thing: T, clientId: string, inTurns: boolean): void {
    const clients = this.#wanted.get(thing);
    if (clients === undefined) this.#wanted.set(thing, new Set([clientId]));
    else clients.add(clientId);
    if (!inTurns) return;
    this.#inTurns.add(thing);
    this.#schedule(this.intervalMs);
  }

  release(thing: T, clientId: string): void {
    const clients = this.#wanted.get(thing);
    if (clients === undefined || !clients.delete(clientId) || clients.size > 0) return;
    this.#wanted.delete(thing);
    this.#inTurns.delete(thing);
    if (this.#inTurns.size === 0) this.#stop();
  }

  releaseAll(clientId: string): void {
    for (const thing of [...this.#wanted.keys()]) this.release(thing, clientId);
  }

  pause(): void {
    this.#paused = true;
    this.#stop();
  }

  resume(): void {
    this.#paused = false;
    this.#schedule(0);
  }

  /** A turn out of turn. */
  now(): void {
    this.#stop();
    this.#schedule(0);
  }

  #stop(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #schedule(ms: number): void {
    if (this.#paused || this.#asking || this.#timer !== undefined || this.#inTurns.size === 0) return;
    this.#timer = this.clock.after(ms, () => {
      this.#timer = undefined;
      void this.#turn();
    });
  }

  async #turn(): Promise<void> {
    this.#asking = true;
    const began = this.clock.now();
    await Promise.all([...this.#inTurns].map((thing) => this.ask(thing)));
    this.#asking = false;
    const took = this.clock.now() - began;
    // The next turn at its time, but never at once after one that took all of it.
    this.#schedule(Math.max(this.intervalMs - took, took * (1 / DUTY - 1)));
  }
}
