/**
 * What a listener receives: one event of one session, with the objects it concerns in their state after the event.
 * Which events exist is defined by the vocabulary (`../ctios/`).
 */
import type { EventArgs, EventName } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { PreviousValues } from '../objects/previous-values.js';
import type { SkillGroup } from '../objects/skill-group.js';

/** The members that every event has. */
interface AnyCilEvent {
  /** Canonical name: "OnCallDelivered". */
  readonly event: EventName;
  /** The interfaces that declare it: ["ICallEvents"]. */
  readonly interfaces: readonly string[];
  /** The event's own arguments, shared by all listeners and the history: do not modify them. */
  readonly args: Args;
  /** UniqueObjectID of the object the event is for; absent for events of the session itself. */
  readonly objectId?: string;
  /** The Call it concerns, already updated. After `OnCallEnd` it is no longer in `session.calls`. */
  readonly call?: Call;
  /** The Agent it concerns; on a call event the agent on the call's device. */
  readonly agent?: Agent;
  readonly skillGroup?: SkillGroup;
  /**
   * The values that the event has replaced: state, numbers and data of its call or agent; null if there was none.
   * Undefined if it has changed none of them, or if its object is new.
   */
  readonly previous?: PreviousValues;
  /** +1 per event of the session, across reconnects. */
  readonly sequence: number;
  /** Milliseconds since the epoch: at receipt; of an event from a stream, when it was published. */
  readonly time: number;
  /** The same on the monotonic clock, for intervals: `time` jumps when a machine's clock is set. */
  readonly at?: number;
  /** Learned from a snapshot, not observed when it happened. */
  readonly recovered?: true;
  /** Occurred before the session read it from an event stream. */
  readonly replayed?: true;
  /** If one program has sessions of many agents: the agent whose session the event belongs to. */
  readonly agentId?: string | undefined;
  /** The peripheral of that agent; absent for the default peripheral. */
  readonly peripheralId?: number | undefined;
}

interface NamedCilEvent<Name extends EventName> extends Omit<AnyCilEvent, 'event' | 'args'> {
  readonly event: Name;
  /** The keywords of this event; none of them is guaranteed to be present. */
  readonly args: EventArgs<Name>;
}

/** @typeParam Name narrows the arguments to those of the named event */
export type CilEvent<Name extends EventName = EventName> = EventName extends Name ? AnyCilEvent : NamedCilEvent<Name>;

/** One of several events: `event.event` identifies it, and narrows `event.args`. */
export type CilEventOf<Name extends EventName> = Name extends EventName ? NamedCilEvent<Name> : never;

/** Receives events in order of arrival. Must return quickly; errors it throws go to the session's error listeners. */
export type EventListener = (event: CilEvent) => void;

/** Reverses what returned it; calling it twice has no effect. */
export type Dispose = () => void;
