/** Compares all events of one session with the guarantees of docs/explanation/recovery.md. */
import type { CilEvent } from '../../src/cil/index.js';

/** Events that report something observed; they must not be made up from a snapshot. */
const WITNESSED =
  /^On(Monitored)?Call(Delivered|Established|Held|Retrieved|Originated|Transferred|Conferenced|Queued|Diverted)/;

/**
 * Each call begins once and ends once, with all other events in between, even if its id changes. Monitored calls of a
 * supervisor are checked separately, under the names with `Monitored`.
 * @param forgets whether a new filter, or the end of monitoring, may remove calls
 */
export function lives(events: readonly CilEvent[], forgets: boolean): string[] {
  const wrong: string[] = [];
  const state = new Map<string, 'live' | 'ended'>();
  for (const { event, interfaces, objectId, sequence, recovered, args } of events) {
    if (recovered && (WITNESSED.test(event) || event === 'OnCallBegin'))
      wrong.push(`${sequence} ${event} is told as recovered`);
    const watched = interfaces.includes('IMonitoredCallEvents');
    if (!watched && !interfaces.includes('ICallEvents')) continue;
    if (!objectId?.startsWith('call.')) continue;
    const name = watched ? event.replace('OnMonitored', 'On') : event;
    if (name.endsWith('Conf') && name !== 'OnSnapshotCallConf') continue;
    const id = (watched ? 'watched ' : '') + objectId;
    const old = args.OldUniqueObjectID;
    const before = typeof old === 'string' ? (watched ? 'watched ' : '') + old : undefined;
    if (before !== undefined && before !== id && state.get(before) === 'live') {
      state.delete(before);
      if (state.get(id) === 'live') wrong.push(`${sequence} ${old} becomes ${id}, which lives`);
      state.set(id, 'live');
    }
    const life = state.get(id);
    if (name === 'OnCallBegin') {
      // A call that is routed back to a phone arrives there again under the same id.
      if (life === 'live' && !forgets && !(watched && recovered))
        wrong.push(`${sequence} ${id} begins although it lives`);
      state.set(id, 'live');
    } else if (name === 'OnSnapshotCallConf') {
      state.set(id, 'live');
    } else if (name === 'OnCallEnd') {
      if (life !== 'live') wrong.push(`${sequence} ${id} ends although it is ${life ?? 'unknown'}`);
      state.set(id, 'ended');
    } else if (life !== 'live') wrong.push(`${sequence} ${event} for ${id}, which is ${life ?? 'unknown'}`);
  }
  return wrong;
}

/** Sequence numbers increase by one. */
export function order(events: readonly CilEvent[]): string[] {
  return events.flatMap(({ sequence }, index) =>
    index > 0 && sequence !== events[index - 1]!.sequence + 1
      ? [`${sequence} after ${events[index - 1]!.sequence}`]
      : [],
  );
}

/** SystemEventID of OnCTIOSFailure: the driver of the CTI Server is offline, is online again. */
const LINK_LOST = 13;
const PERIPHERAL_LOST = 4;
const PERIPHERAL_BACK = 3;

/**
 * One OnConnectionGap for each gap, with correct counts of the events recovered since the loss. For a session in this
 * process that sees everything.
 */
export function gaps(events: readonly CilEvent[]): string[] {
  const wrong: string[] = [];
  let lost = false;
  /** Peripherals that are offline, and those that have come back since. */
  const away = new Set<unknown>();
  const back = new Set<unknown>();
  let ended = new Set<string>();
  for (const { event, args, recovered, objectId, sequence } of events) {
    const id = Number(args.SystemEventID);
    if (event === 'OnCTIOSFailure') {
      if (id === LINK_LOST) lost = true;
      else if (id === PERIPHERAL_LOST) {
        away.add(args.SystemEventArg1);
        back.delete(args.SystemEventArg1);
      } else if (id === PERIPHERAL_BACK) back.add(args.SystemEventArg1);
    }
    if ((lost || away.size > 0) && recovered && event === 'OnCallEnd') ended.add(objectId!);
    if (event !== 'OnConnectionGap') continue;
    if (!lost && away.size === 0) wrong.push(`${sequence} a gap is reported where none was`);
    const changed = (args.Changed ?? {}) as Record<string, unknown>;
    const total = [args.CallsNew, args.CallsChanged, args.CallsEnded, args.AgentsChanged].reduce<number>(
      (sum, each) => sum + Number(each),
      0,
    );
    if (Object.keys(changed).length !== total)
      wrong.push(`${sequence} the gap counts ${total} and names ${Object.keys(changed).length}`);
    if (Number(args.CallsEnded) !== ended.size)
      wrong.push(`${sequence} the gap says ${args.CallsEnded} calls ended, ${ended.size} were told`);
    for (const each of ended) if (changed[each] !== true) wrong.push(`${sequence} the gap does not name ${each}`);
    lost = false;
    for (const each of back) away.delete(each);
    back.clear();
    ended = new Set();
  }
  if (lost || away.size > 0) wrong.push('a gap was never reported');
  return wrong;
}
