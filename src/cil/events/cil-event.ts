/**
 * What a listener receives: one event of one session, with the objects it is about as they are after the event.
 * Nothing here decides which events there are; the vocabulary (`../ctios/`) does.
 */
import type { EventArgs, EventName } from '../../ctios/index.js';
import type { Args } from '../../ctios/transport.js';
import type { Agent } from '../objects/agent.js';
import type { Call } from '../objects/call.js';
import type { SkillGroup } from '../objects/skill-group.js';

/** @typeParam Name narrows the arguments to those of the named event or events */
export interface CilEvent<Name extends EventName = EventName> {
  /** Canonical name: "OnCallDelivered". */
  readonly event: Name;
  /** The interfaces that declare it: ["ICallEvents"]. */
  readonly interfaces: readonly string[];
  /** The event's own arguments. Shared by every listener and with the history: not to be changed. */
  readonly args: EventName extends Name ? Args : Args & EventArgs<Name>;
  /** UniqueObjectID of the object the event is for; absent for events of the session itself. */
  readonly objectId?: string;
  /** The Call it concerns, already brought up to date. After `OnCallEnd` it is no longer in `session.calls`. */
  readonly call?: Call;
  /** The Agent it concerns; on a call event the agent on the call's device. */
  readonly agent?: Agent;
  readonly skillGroup?: SkillGroup;
  /** +1 per event of the session, across reconnects. */
  readonly sequence: number;
  /** Milliseconds since the epoch, at receipt. */
  readonly time: number;
  /** Learned from a snapshot after (or before) the fact, not seen happen. */
  readonly recovered?: true;
  /** Happened before the session came to read it from an event stream. */
  readonly replayed?: true;
}

/** Receives events in order of arrival. Must return quickly; what it throws goes to the session's error listeners. */
export type EventListener = (event: CilEvent) => void;

/** Undoes what returned it; calling it twice does nothing. */
export type Dispose = () => void;
