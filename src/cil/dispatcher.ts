/**
 * The way of an event through a session: the objects are brought up to date, the listeners are told, and what follows
 * from it in the library itself (log-out in three steps, current call, button enablement) is told in its place. Events
 * raised meanwhile, by a listener or by the library, wait for their turn: everybody sees one order. Source: CTI OS
 * Developer Guide, "Event Interfaces"; order of the derived events: as the guide states for each.
 */
import { type EventName, events, type InterfaceName, isOtherMedia } from '../ctios/index.js';
import type { Args } from '../ctios/transport.js';
import type { EventStream } from './events/event-stream.js';
import type { Agent } from './objects/agent.js';
import type { Call } from './objects/call.js';
import { CurrentCall } from './objects/current-call.js';
import type { ObjectCache, Touched } from './objects/object-cache.js';
import { type ObjectEffect, objectEffect } from './objects/object-effects.js';
import { COMPARED, type Raised, type ServerChangeReconciliation } from './reconciliation.js';

/** What the session itself does about an event: before its listeners run, and after. */
export interface SessionRule {
  before?(args: Args): void;
  after?(args: Args): void;
}

export interface DispatcherOptions {
  readonly cache: ObjectCache;
  readonly stream: EventStream;
  readonly rules: Readonly<Record<string, SessionRule>>;
  /** Told of an event that could not be handled. */
  failed(error: unknown): void;
  /** The session's own agent: with it, there are a current call and buttons. */
  currentAgent(): Agent | undefined;
}

/** Events that are remembered: more than there are. */
const MAX_KINDS = 1_000;
/** Enumeration AgentState. */
const LOGGED_OUT = 1;
/** TeamID of an agent who has left its only team. */
const NO_TEAM = 0;
/** Enumeration TeamMemberConfigOperation. */
const REMOVED_FROM_TEAM = 2;

interface Kind {
  readonly name: EventName;
  readonly interfaces: readonly InterfaceName[];
  readonly effect: ObjectEffect;
  readonly monitored: boolean;
  readonly eventId: number;
  readonly rule: SessionRule | undefined;
}

export class Dispatcher {
  readonly currentCall: CurrentCall;
  /** Set while a snapshot is compared with what was known. */
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

  /** An event that cannot be handled is told as an error of the session: it must neither end the program nor the next. */
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
      reconciliation.live(message.args);
      this.#process(message);
    }
  }

  /** Nobody is told, but the objects take over what is new in it. */
  #learn({ event, args }: Raised): void {
    const kind = this.#kindOf(event);
    this.options.cache.apply(kind.effect, args, kind.monitored);
  }

  #process({ event, args, recovered, replayed, answer }: Raised): void {
    const kind = this.#kindOf(event);
    if (kind.name === 'OnButtonEnablementChange' && !this.#isOfInterest(args)) return;
    const { rule } = kind;
    // An agent who logs out of chat is still at the phone.
    if (isOtherMedia(args)) {
      this.options.stream.deliver(kind.name, kind.interfaces, args, this.#mentioned(kind, args), recovered, replayed);
      return;
    }
    rule?.before?.(args);
    // Of a log-out in a gap only the state is known: the agent may be logged in again at once (AutoLogin).
    const loggingOut = kind.name === 'OnAgentStateChange' && !recovered && this.#isLoggingOut(args);
    if (loggingOut) this.#process({ event: 'OnPreLogout', args, recovered, replayed });

    // A snapshot may be asked for of a call that another phone has: the session is not told its end.
    const effect = answer && kind.name === 'OnSnapshotCallConf' ? 'refresh' : kind.effect;
    const touched = this.options.cache.apply(effect, args, kind.monitored);
    this.options.stream.deliver(kind.name, kind.interfaces, args, touched, recovered, replayed);

    if (loggingOut) this.#process({ event: 'OnPostLogout', args, recovered, replayed });
    this.#settle(kind, args, touched);
    rule?.after?.(args);
  }

  #mentioned(kind: Kind, args: Args): Touched {
    return this.options.cache.apply('mention', args, kind.monitored);
  }

  /** What follows once the listeners have seen the event. */
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
      // The change of the current call has told the buttons already.
      if (this.currentCall.call !== before) return;
    }
    if (args.EnablementMask !== undefined && kind.effect !== 'mention') this.#tellButtons(kind, args, touched, own);
  }

  /**
   * A supervisor knows an agent for as long as one of the teams has it: a temporary member may leave one and stay in
   * another. A session in monitor mode knows agents whatever their team.
   */
  #teamMember(agent: Agent, { TeamID, ConfigOperation }: Args, own: Agent | undefined): void {
    const team = String(TeamID);
    if (ConfigOperation !== REMOVED_FROM_TEAM) {
      agent.teams.add(team);
      return;
    }
    agent.teams.delete(team);
    // The team that it was just told to have left is not the one it is in.
    const [another] = agent.teams;
    agent.merge({ TeamID: another === undefined ? NO_TEAM : Number(another) });
    if (own !== undefined && agent.teams.size === 0 && agent !== own) this.options.cache.removeAgent(agent);
  }

  /**
   * The server tells the mask of an object that no event of its own tells. Buttons are those of the current call, or of
   * the agent if there is none; the others are remembered, for when they are chosen.
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
    // With several calls the server tells the mask of each, as the agent's is about the one that is talked on.
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
      // An event of a newer server is passed on to the listeners of everything.
      const definition = events[event as EventName];
      const interfaces = definition?.interfaces ?? [];
      kind = {
        name: event as EventName,
        interfaces,
        effect: objectEffect(event, interfaces),
        monitored: interfaces.some((each) => each.startsWith('IMonitored')),
        eventId: definition?.eventId ?? 0,
        rule: this.options.rules[event],
      };
      // Names are the server's: one that makes them up must not fill the memory.
      if (this.#kinds.size >= MAX_KINDS) this.#kinds.clear();
      this.#kinds.set(event, kind);
    }
    return kind;
  }
}

/** Enumeration CallType: a supervisor listens in silence. */
const SILENT_MONITOR = 21;

/** The supervisor works on such a call; at the phone of the agent who is listened to it is there without being the agent's. */
function isOverheard(call: Call, own: Agent): boolean {
  return call.properties().CallType === SILENT_MONITOR && !own.isSupervisor();
}
