/** Validates a saved value: true, or the error as a sentence. An environment variable is always valid. */
import { parseFilter } from '../../../src/ctios/filter.js';
import { Mask } from '../../../src/ctios/mask.js';
import { parseStatusRanges } from '../../../src/delivery/retry-policy.js';
import { isInternalPattern } from '../../../src/screenpop/numbers/internal.js';
import { nameProblem } from '../../../src/stream/names.js';
import { text } from '../text.js';
import { argumentComplaints } from './argument-check.js';
import { type CheckedRow, filterComplaints } from './filter-check.js';

type Verdict = true | string;

const isVariable = (value: unknown): boolean =>
  typeof value === 'string' && /^\$(?:\{[^}]+\}|\([^)]+\))$/.test(value.trim());
const blank = (value: unknown): boolean => value === undefined || value === null || String(value).trim() === '';

/** A number between two limits; blank is valid if there is a default. */
export function numberIn(value: unknown, min: number, max: number, required = true): Verdict {
  if (isVariable(value)) return true;
  if (blank(value)) return required ? text('invalid.missing') : true;
  const number = Number(value);
  return Number.isFinite(number) && number >= min && number <= max ? true : text('invalid.number', { min, max });
}

/** A factor, or message by message; blank means as recorded. */
export function replaySpeed(value: unknown): Verdict {
  return value === 'stepped' ? true : numberIn(value, 0.01, 1_000, false);
}

/** A required value, as long as `when` returns true. */
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

/** A session that reads an event stream. */
export function streamSession(value: unknown, required: boolean): Verdict {
  if (!required || isVariable(value)) return true;
  if (blank(value)) return text('invalid.missing');
  return (RED.nodes.node(String(value)) as { connect?: unknown } | null)?.connect === 'nats'
    ? true
    : text('invalid.streamSession');
}

/** An http(s) URL; one from a message is checked when the message arrives. */
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

/** A monitor-mode filter, checked by the server's own parser. */
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

/** The site's reasons and wrap-up texts: JSON, whose content the runtime checks. */
export function siteLists(value: unknown): Verdict {
  if (blank(value) || isVariable(value)) return true;
  try {
    const read: unknown = JSON.parse(String(value));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return true;
  } catch {
    // Treated like anything else that is not an object.
  }
  return text('invalid.lists');
}

/** The country of numbers without a country code; which there are, the runtime knows. */
export function region(value: unknown): Verdict {
  if (blank(value) || isVariable(value)) return true;
  return /^\s*[a-z]{2}\s*$/i.test(String(value)) ? true : text('invalid.region');
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

/** Rows of a filter, also of the form that earlier versions saved. */
export function filterRows(value: unknown): Verdict {
  if (!Array.isArray(value)) return true;
  for (const [valueKey, typeKey] of [
    ['value', 'type'],
    ['to', 'toType'],
  ] as const) {
    const typed = typedRows(value, valueKey, typeKey);
    if (typed !== true) return typed;
  }
  const rows = value as CheckedRow[];
  const complaints = filterComplaints(rows);
  const wrong = complaints.findIndex((each) => each !== undefined);
  return wrong < 0 ? true : `${rows[wrong]?.key ?? ''}: ${complaints[wrong]?.reason}`;
}

/** Rows of arguments: none that the request would not receive. */
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
