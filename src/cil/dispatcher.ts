/**
 * The path of an event through a session: the objects are updated, the listeners are called, and derived events
 * (log-out in three steps, current call, button enablement) are raised in order. Events raised meanwhile, by a listener
 * or by the library, are queued, so that all listeners see one order. Source: CTI OS Developer Guide, "Event
 * Interfaces"; the order of derived events is as the guide states for each.
 */
import { LOGGED_OUT } from '../ctios/enums/agent-states.js';
import { type EventName, events, type InterfaceName, isOtherMedia } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import { toText } from '../ctios/values.js';
import type { EventStream } from './events/event-stream.js';
import type { Agent } from './objects/agent.js';
import type { Call } from './objects/call.js';
import { CurrentCall } from './objects/current-call.js';
import type { ObjectCache, Touched } from './objects/object-cache.js';
import { type ObjectEffect, objectEffect } from './objects/object-effects.js';
import type { Moment } from './objects/state-since.js';
import { COMPARED, type Raised, type ServerChangeReconciliation } from './reconciliation.js';

/** The session's own reactions to an event, before and after its listeners run. */
export interface SessionRule {
  before?(args: Args): void;
  after?(args: Args): void;
}

export interface DispatcherOptions {
  readonly cache: ObjectCache;
  readonly stream: EventStream;
  readonly rules: Readonly<Record<string, SessionRule>>;
  /** Receives errors in the handling of an event. */
  failed(error: unknown): void;
  /** The session's own agent: if there is one, there are a current call and buttons. */
  currentAgent(): Agent | undefined;
}

/** Maximum number of event names that are cached: more than exist. */
const MAX_KINDS = 1_000;
/** TeamID of an agent who has left its only team. */
const NO_TEAM = 0;
/** Enumeration TeamMemberConfigOperation. */
const REMOVED_FROM_TEAM = 2;

/** Events that report a state, not a change. */
const REPORTS: ReadonlySet<string> = new Set([
  'OnQueryAgentStateConf',
  'OnSnapshotCallConf',
  'OnAgentInfoEvent',
  'OnMonitoredAgentInfoEvent',
]);
/** Reasons of an OnConnectionGap that an application reports about its own listeners. */
const OWN_GAPS: ReadonlySet<unknown> = new Set(['deploy', 'overflow']);

interface Kind {
  readonly name: EventName;
  readonly interfaces: readonly InterfaceName[];
  readonly effect: ObjectEffect;
  readonly monitored: boolean;
  /** It reports a state, not a change. */
  readonly reports: boolean;
  readonly eventId: number;
  readonly rule: SessionRule | undefined;
}

export class Dispatcher {
  readonly currentCall: CurrentCall;
  /** Set while a snapshot is compared with the known objects. */
  reconciliation: ServerChangeReconciliation | undefined;
  #kinds = new Map<string, Kind>();
  #queue: Raised[] = [];
  #busy = false;

  constructor(private readonly options: DispatcherOptions) {
    this.currentCall = new CurrentCall((call) => this.#currentCallChanged(call));
  }

  raise(message: Raised): void {
    if (this.#busy) {
      this.#queue.push(message);
      return;
    }
    this.#busy = true;
    this.#takeSafely(message);
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#takeSafely(next);
    this.#busy = false;
  }

  /** An event that cannot be handled is reported as an error of the session; the next event is handled normally. */
  #takeSafely(message: Raised): void {
    try {
      this.#take(message);
    } catch (error) {
      this.options.failed(error);
    }
  }

  #take(message: Raised): void {
    const { reconciliation } = this;
    if (reconciliation === undefined) {
      this.#process(message);
    } else if (COMPARED.has(message.event) && !isOtherMedia(message.args)) {
      const told = reconciliation.examine(message);
      for (const each of told) this.#process(each);
      if (!told.includes(message)) this.#learn(message);
    } else {
      // A request may be refused because its call has ended in the gap.
      if (message.event !== 'OnControlFailureConf') reconciliation.live(message.args);
      this.#process(message);
    }
  }

  /** Updates the objects without calling listeners. */
  #learn(raised: Raised): void {
    const kind = this.#kindOf(raised.event);
    this.options.cache.apply(kind.effect, raised.args, kind.monitored, this.#moment(kind, raised));
  }

  #process(raised: Raised): void {
    const { event, args, recovered, replayed, answer } = raised;
    const kind = this.#kindOf(event);
    if (kind.name === 'OnButtonEnablementChange' && !this.#isOfInterest(args)) return;
    const { rule } = kind;
    const { stream, cache } = this.options;
    const moment = this.#moment(kind, raised);
    const { time } = moment;
    // The intervals between events of a stream are those in which they were published.
    const at = raised.at ?? moment.at;
    // An agent who logs out of chat still has the phone.
    if (isOtherMedia(args)) {
      stream.deliver(kind.name, kind.interfaces, args, this.#mentioned(kind, args), recovered, replayed, time, at);
      return;
    }
    rule?.before?.(args);
    // For a log-out during a gap only the state is known: the agent may be logged in again immediately (AutoLogin).
    const loggingOut = kind.name === 'OnAgentStateChange' && !recovered && this.#isLoggingOut(args);
    if (loggingOut) this.#process({ ...raised, event: 'OnPreLogout' });

    // A snapshot can be requested for a call at another phone, whose end is not reported to the session.
    const effect = answer && kind.name === 'OnSnapshotCallConf' ? 'refresh' : kind.effect;
    const touched = cache.apply(effect, args, kind.monitored, moment);
    if (kind.name === 'OnConnectionGap') this.#noteGap(args, moment);
    stream.deliver(kind.name, kind.interfaces, args, touched, recovered, replayed, time, at);

    if (loggingOut) this.#process({ ...raised, event: 'OnPostLogout' });
    this.#settle(kind, args, touched);
    rule?.after?.(args);
  }

  #moment(kind: Kind, { recovered, replayed, time, at }: Raised): Moment {
    const { clock } = this.options.stream;
    const now = clock.monotonic();
    return {
      time: time ?? clock.now(),
      // Other machines' clocks may be wrong; a live event has occurred just now.
      at: replayed && at !== undefined ? Math.min(at, now) : now,
      live: !(recovered ?? replayed) && !kind.reports,
    };
  }

  /** The objects ignore a gap of a listener: they have received everything. */
  #noteGap({ From, Reason }: Args, moment: Moment): void {
    const from = Date.parse(toText(From) ?? '');
    if (OWN_GAPS.has(Reason) || Number.isNaN(from)) return;
    this.options.cache.noteGap(from, moment);
  }

  #mentioned(kind: Kind, args: Args): Touched {
    return this.options.cache.apply('mention', args, kind.monitored);
  }

  /** The steps after the listeners have run. */
  #settle(kind: Kind, args: Args, touched: Touched): void {
    const { cache } = this.options;
    const own = this.options.currentAgent();
    const { call } = touched;
    if (kind.effect === 'end') {
      if (call !== undefined) {
        cache.calls.delete(call.uniqueObjectID);
        this.currentCall.gone(call);
      }
      return;
    }
    if (kind.name === 'OnNewAgentTeamMember' && touched.agent !== undefined) {
      this.#teamMember(touched.agent, args, own);
    }
    if (own === undefined) return;
    if (call !== undefined && !call.monitored && !this.currentCall.has(call) && !isOverheard(call, own)) {
      const before = this.currentCall.call;
      this.currentCall.present(call);
      // The change of the current call has already updated the buttons.
      if (this.currentCall.call !== before) return;
    }
    if (args.EnablementMask !== undefined && kind.effect !== 'mention') this.#tellButtons(kind, args, touched, own);
  }

  /**
   * A supervisor knows an agent for as long as one of the teams contains it: a temporary member may leave one and stay
   * in another. A session in monitor mode knows agents whatever their team.
   */
  #teamMember(agent: Agent, { TeamID, ConfigOperation }: Args, own: Agent | undefined): void {
    const team = toText(TeamID) ?? '';
    if (ConfigOperation !== REMOVED_FROM_TEAM) {
      agent.teams.add(team);
      return;
    }
    agent.teams.delete(team);
    // The team that the agent has just left is not its current one.
    const [another] = agent.teams;
    agent.merge({ TeamID: another === undefined ? NO_TEAM : Number(another) });
    if (own !== undefined && agent.teams.size === 0 && agent !== own) this.options.cache.removeAgent(agent);
  }

  /**
   * The server sends an object's mask if no event of the object carries it. Buttons are those of the current call, or
   * of the agent if there is none; the masks of other calls are stored until such a call is chosen.
   */
  #isOfInterest(args: Args): boolean {
    const { UniqueObjectID: id, EnablementMask, Monitored, MessageID } = args;
    const own = this.options.currentAgent();
    if (Monitored === true || typeof id !== 'string' || EnablementMask === undefined) return true;
    const call = this.options.cache.calls.get(id);
    if (call !== undefined) {
      call.merge({ EnablementMask });
      return call === this.currentCall.call;
    }
    if (own === undefined || own.uniqueObjectID !== id) return true;
    own.merge({ EnablementMask });
    return MessageID !== events.OnButtonEnablementChange.eventId || this.currentCall.call === undefined;
  }

  #tellButtons(kind: Kind, args: Args, { call, agent, objectId }: Touched, own: Agent): void {
    const monitored = kind.monitored || args.Monitored === true;
    // With several calls the server sends the mask of each, and the agent's own is about the one in conversation.
    const concerned = call === undefined ? agent === own && this.currentCall.count < 2 : call === this.currentCall.call;
    if (!monitored && !concerned) return;
    this.#process({
      event: 'OnButtonEnablementChange',
      args: {
        EnablementMask: args.EnablementMask!,
        ...(objectId === undefined ? {} : { UniqueObjectID: objectId }),
        MessageID: kind.eventId,
        ...(monitored ? { Monitored: true } : {}),
      },
    });
  }

  #currentCallChanged(call: Call | undefined): void {
    const args: Args = call === undefined ? {} : { UniqueObjectID: call.uniqueObjectID };
    this.raise({ event: 'OnCurrentCallChanged', args });
    const described = call ?? this.options.currentAgent();
    const mask = described?.properties().EnablementMask;
    if (described === undefined || mask === undefined) return;
    this.raise({
      event: 'OnButtonEnablementChange',
      args: {
        EnablementMask: mask,
        UniqueObjectID: described.uniqueObjectID,
        MessageID: events.OnCurrentCallChanged.eventId,
      },
    });
  }

  #isLoggingOut(args: Args): boolean {
    if (args.AgentState !== LOGGED_OUT) return false;
    const id = args.UniqueObjectID;
    const agent = typeof id === 'string' ? this.options.cache.agents.get(id) : undefined;
    const before = agent?.properties().AgentState;
    return before !== undefined && before !== LOGGED_OUT;
  }

  #kindOf(event: string): Kind {
    let kind = this.#kinds.get(event);
    if (kind === undefined) {
      // An event of a newer server is passed on to the AllInOne listeners.
      const definition = events[event as EventName];
      const interfaces = definition?.interfaces ?? [];
      kind = {
        name: event as EventName,
        interfaces,
        effect: objectEffect(event, interfaces),
        monitored: interfaces.some((each) => each.startsWith('IMonitored')),
        reports: REPORTS.has(event),
        eventId: definition?.eventId ?? 0,
        rule: this.options.rules[event],
      };
      // Names come from the server: invented ones must not fill the memory.
      if (this.#kinds.size >= MAX_KINDS) this.#kinds.clear();
      this.#kinds.set(event, kind);
    }
    return kind;
  }
}

/** Enumeration CallType: silent monitoring by a supervisor. */
const SILENT_MONITOR = 21;

/** For the supervisor it is a call; at the phone of the monitored agent it exists without being the agent's. */
function isOverheard(call: Call, own: Agent): boolean {
  return call.properties().CallType === SILENT_MONITOR && !own.isSupervisor();
}
