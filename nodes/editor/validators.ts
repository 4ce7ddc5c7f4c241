/** Says whether a saved value can work: true, or the reason in words. An environment variable always can. */
import { parseFilter } from '../../src/ctios/filter.js';
import { Mask } from '../../src/ctios/mask.js';
import { parseStatusRanges } from '../../src/delivery/retry-policy.js';
import { isInternalPattern } from '../../src/screenpop/numbers/internal.js';
import { nameProblem } from '../../src/stream/names.js';
import { valuesOfRow, withoutBeginning } from '../shared/message/filter-values.js';
import { argumentComplaints } from './argument-check.js';
import { text } from './text.js';

type Verdict = true | string;

const isVariable = (value: unknown): boolean => typeof value === 'string' && /^\$\{[^}]+\}$/.test(value.trim());
const blank = (value: unknown): boolean => value === undefined || value === null || String(value).trim() === '';

/** A number between two limits; blank is fine where there is a default. */
export function numberIn(value: unknown, min: number, max: number, required = true): Verdict {
  if (isVariable(value)) return true;
  if (blank(value)) return required ? text('invalid.missing') : true;
  const number = Number(value);
  return Number.isFinite(number) && number >= min && number <= max ? true : text('invalid.number', { min, max });
}

/** A factor, or message by message; blank is as it was. */
export function replaySpeed(value: unknown): Verdict {
  return value === 'stepped' ? true : numberIn(value, 0.01, 1_000, false);
}

/** Something has to be there, as long as `when` says that it matters. */
export function needed(value: unknown, when = true): Verdict {
  return !when || !blank(value) ? true : text('invalid.missing');
}

export function webSocketUrl(value: unknown, required: boolean): Verdict {
  if (isVariable(value)) return true;
  if (blank(value)) return required ? text('invalid.missing') : true;
  return /^wss?:\/\/[^/\s]+/i.test(String(value).trim()) ? true : text('invalid.url');
}

/** NATS servers, separated by commas. */
export function natsServers(value: unknown, required: boolean): Verdict {
  if (!required || isVariable(value)) return true;
  if (blank(value)) return text('invalid.missing');
  const servers = String(value)
    .trim()
    .split(/[\s,;]+/);
  return servers.every((server) => /^(nats|tls):\/\/[^/\s@]+$/i.test(server)) ? true : text('invalid.natsServers');
}

/** The name of a site or of a group of readers. */
export function streamName(value: unknown, required: boolean): Verdict {
  if (!required || isVariable(value)) return true;
  return nameProblem(String(value ?? '').trim()) === undefined ? true : text('invalid.streamName');
}

/** An http(s) URL; one that comes from a message is checked when it is there. */
export function httpUrl(value: unknown, type: string | undefined): Verdict {
  if (type !== 'str' || isVariable(value) || blank(value)) return true;
  return /^https?:\/\/[^/\s@]+(\/\S*)?$/i.test(String(value).trim()) ? true : text('invalid.httpUrl');
}

/** Status codes and ranges of them, read as the runtime reads them. */
export function statusCodes(value: unknown): Verdict {
  if (isVariable(value)) return true;
  try {
    parseStatusRanges(String(value ?? ''));
    return true;
  } catch {
    return text('invalid.statusCodes');
  }
}

/** A monitor-mode filter, read by the very parser that the server uses. */
export function messageFilter(value: unknown): Verdict {
  if (blank(value) || isVariable(value)) return true;
  try {
    const [discarded] = parseFilter(String(value)).discarded;
    return discarded === undefined ? true : text('invalid.discarded', { value: discarded });
  } catch (error) {
    return text('invalid.filter', { reason: (error as Error).message });
  }
}

/** Keywords to be masked, read as the runtime reads them. */
export function maskList(value: unknown): Verdict {
  if (blank(value) || isVariable(value)) return true;
  try {
    new Mask(String(value));
    return true;
  } catch (error) {
    return text('invalid.masked', { reason: (error as Error).message });
  }
}

/** Own reasons and wrap-up texts: JSON; what it must hold is checked by the runtime. */
export function siteLists(value: unknown): Verdict {
  if (blank(value) || isVariable(value)) return true;
  try {
    const read: unknown = JSON.parse(String(value));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return true;
  } catch {
    // As what is no object.
  }
  return text('invalid.lists');
}

/** Patterns of extensions, separated by commas. */
export function internalPatterns(value: unknown): Verdict {
  if (blank(value) || isVariable(value)) return true;
  const wrong = String(value)
    .split(/[,;\s]+/)
    .find((each) => each !== '' && !isInternalPattern(each));
  return wrong === undefined ? true : text('invalid.pattern', { value: wrong });
}

/** One output per event needs events. */
export function chosenEvents(value: unknown, needsSome: boolean): Verdict {
  return !needsSome || (Array.isArray(value) && value.length > 0) ? true : text('invalid.events');
}

/** Rows of a filter: of a typed text, since another value is known only when a message comes. */
export function filterRows(value: unknown): Verdict {
  const typed = typedRows(value);
  if (typed !== true || !Array.isArray(value)) return typed;
  for (const { key, value: values, type = 'str' } of value as Record<string, string>[]) {
    const bare = type === 'str' ? valuesOfRow(String(values ?? '')).find(withoutBeginning) : undefined;
    if (bare !== undefined) return `${key ?? ''}: ${text('invalid.star', { value: bare })}`;
  }
  return true;
}

/** Rows of arguments: none that the request would not get. */
export function requestArguments(value: unknown, request: unknown): Verdict {
  const typed = typedRows(value);
  if (typed !== true || !Array.isArray(value)) return typed;
  const [wrong] = argumentComplaints(value, String(request ?? '')).filter((each) => each !== undefined);
  return wrong === undefined ? true : wrong.reason;
}

/** Rows with a typed value each. */
export function typedRows(value: unknown, valueKey = 'value', typeKey = 'type'): Verdict {
  if (!Array.isArray(value)) return true;
  for (const row of value as Record<string, string>[]) {
    const content = row[valueKey] ?? '';
    if (content === '' || RED.utils.validateTypedProperty === undefined) continue;
    const verdict = RED.utils.validateTypedProperty(content, row[typeKey] ?? 'str', {});
    if (verdict !== true) return `${row.key ?? row.p ?? ''}: ${verdict === false ? text('invalid.value') : verdict}`;
  }
  return true;
}
