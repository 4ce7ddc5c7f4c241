/** What one session was told, from its first event on, held against the promises of docs/explanation/recovery.md. */
import type { CilEvent } from '../../src/cil/index.js';

/** Events that claim to have seen something happen; a snapshot may not make them up. */
const WITNESSED =
  /^On(Monitored)?Call(Delivered|Established|Held|Retrieved|Originated|Transferred|Conferenced|Queued|Diverted)/;

/**
 * Each call begins once and ends once, with everything else between, also when it changes its name. What a supervisor
 * watches is a story of its own, told under the names with `Monitored`.
 * @param forgets whether a new filter, or the end of watching an agent, may take calls out of sight
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
      // A call that is sent back to a phone comes to it once more, under the same name.
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

/** Sequence numbers grow by one. */
export function order(events: readonly CilEvent[]): string[] {
  return events.flatMap(({ sequence }, index) =>
    index > 0 && sequence !== events[index - 1]!.sequence + 1
      ? [`${sequence} after ${events[index - 1]!.sequence}`]
      : [],
  );
}

/** SystemEventID of OnCTIOSFailure: the driver of the CTI Server is gone, is back. */
const LINK_LOST = 13;
const PERIPHERAL_LOST = 4;
const PERIPHERAL_BACK = 3;

/**
 * One OnConnectionGap for each gap, with true counts: what was told as recovered since the loss is what the report
 * says. For a session in this process that sees everything.
 */
export function gaps(events: readonly CilEvent[]): string[] {
  const wrong: string[] = [];
  let lost = false;
  /** Peripherals that are offline, and those of them that have come back since. */
  const away = new Set<unknown>();
  const back = new Set<unknown>();
  let ended = new Set<string>();
  for (const { event, args, recovered, objectId, sequence } of events) {
    const id = Number(args.SystemEventID);
    if (event === 'OnCTIOSFailure') {
      if (id === LINK_LOST) lost = true;
      else if (id === PERIPHERAL_LOST) away.add(args.SystemEventArg1);
      else if (id === PERIPHERAL_BACK) back.add(args.SystemEventArg1);
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
