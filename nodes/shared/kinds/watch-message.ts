/** The message of a watch node. */
import { type Args, enumNamer, keywordByName } from '../../../src/ctios/index.js';
import type { WatchReport } from '../../../src/watch/index.js';
import { copyArgs } from '../message/copy-args.js';
import { messageId } from '../message/message-id.js';
import type { WatchInfo } from '../message/message-info.js';

/** The parts that are set when it is sent. */
interface WatchMessage extends Record<string, unknown> {
  readonly ctios: WatchInfo;
}

export function watchMessage(report: WatchReport, session: string, sequence: number): WatchMessage {
  const { what, kind, id, time, since, seconds, reason, values, record, atLeast } = report;
  const object = copyArgs(kind === 'skillgroup' ? withoutStatistics(record) : record);
  return {
    _msgid: messageId(),
    topic: what,
    payload: {
      object: id,
      since,
      seconds,
      ...(atLeast === undefined ? {} : { atLeast }),
      ...(reason === undefined ? {} : { reason }),
      values: copyArgs(values),
    },
    [kind]: object,
    ctios: {
      session,
      objectId: id,
      ...(record.AgentID === undefined ? {} : { agentId: String(record.AgentID) }),
      time,
      sequence,
      names: namesOf(values),
    },
  };
}

/** They are under `Statistics`, as in the messages of events. */
function withoutStatistics(record: Readonly<Args>): Args {
  const { Statistics } = record;
  if (typeof Statistics !== 'object') return { ...record };
  return Object.fromEntries(Object.entries(record).filter(([key]) => !Object.hasOwn(Statistics, key)));
}

/** The names of the enumeration values among them. */
function namesOf(values: WatchReport['values']): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    const enumeration = keywordByName(key)?.enum;
    const name = enumeration === undefined || typeof value === 'object' ? undefined : enumNamer(enumeration)(value);
    if (name !== undefined) names[key] = name;
  }
  return names;
}
