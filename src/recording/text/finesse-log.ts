/**
 * Reads decoded CTI Server messages from the log of Finesse's web services: lines with DECODED_MESSAGE_FROM_CTI_SERVER,
 * the message in brackets, and its number (msgID) after it.
 */
import { definitionOf, messageName } from '../../ged188/index.js';
import { messageFacts, wordFor } from '../decoding/names.js';

export interface FinesseMessage {
  /** As in the log: "Apr 14 2017 14:01:17.196 -0700". */
  readonly time: string;
  readonly type: string;
  readonly number: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly oddities: readonly string[];
}

const MARK = 'DECODED_MESSAGE_FROM_CTI_SERVER';
const TIME = /[A-Z][a-z]{2} \d{1,2} \d{4} \d{2}:\d{2}:\d{2}\.\d{3} [+-]\d{4}/;
const MESSAGE = /cti_message=CTI\w+\s*\[(.*?)\]\s*CTIMessageBean\s*\[(.*?)\]/;
const NUMBER = /\bmsgID=(\d+)/;

export function isFinesseLog(text: string): boolean {
  return text.includes(MARK);
}

/** @returns the messages, and the number of such lines that could not be read */
export function readFinesseLog(text: string): { messages: FinesseMessage[]; unread: number } {
  const messages: FinesseMessage[] = [];
  let unread = 0;
  for (const line of text.split(/\r?\n/)) {
    if (!line.includes(MARK)) continue;
    const message = readMessage(line);
    if (message === undefined) unread++;
    else messages.push(message);
  }
  return { messages, unread };
}

function readMessage(line: string): FinesseMessage | undefined {
  const found = MESSAGE.exec(line);
  const number = Number(NUMBER.exec(found?.[2] ?? '')?.[1] ?? Number.NaN);
  if (found === null || !Number.isInteger(number)) return undefined;
  const type = messageName(number) ?? `message ${number}`;
  const oddities: string[] = definitionOf(number) === undefined ? ['the tables have no such message'] : [];
  const invokeId = /\binvokeID=(\d+)/.exec(found[2] as string)?.[1];
  const fields: Record<string, unknown> = invokeId === undefined ? {} : { InvokeID: Number(invokeId) };
  const names = new Map([...messageFacts(type).keys()].map((name) => [plain(name), name]));
  for (const [key, written] of pairs(found[1] as string)) {
    if (written === 'null' || written === '') continue;
    const name = names.get(plain(key));
    if (name === undefined && definitionOf(number) !== undefined)
      oddities.push(`the tables give the message no field ${key}`);
    const facts = name === undefined ? undefined : messageFacts(type).get(name);
    // IDs are text, even if they consist of digits.
    const value = facts?.wire === 'STRING' ? written : readValue(written);
    fields[name ?? key] = value;
    if (
      facts?.enumeration !== undefined &&
      typeof value === 'number' &&
      wordFor(type, name as string, value) === undefined
    )
      oddities.push(`${name} is ${value}, which its enumeration does not have`);
  }
  return { time: TIME.exec(line)?.[0] ?? '', type, number, fields, oddities };
}

/** "agentID_Long" and "AgentIDLong" are the same field. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** `key=value, key=value`, where a value in brackets may contain commas. */
function pairs(text: string): [key: string, value: string][] {
  const found: [string, string][] = [];
  let depth = 0;
  let from = 0;
  const take = (to: number): void => {
    const part = text.slice(from, to);
    const equals = part.indexOf('=');
    if (equals > 0) found.push([part.slice(0, equals).trim(), part.slice(equals + 1).trim()]);
    from = to + 1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if ('[{('.includes(character)) depth++;
    else if (']})'.includes(character)) depth--;
    else if (character === ',' && depth === 0) take(at);
  }
  take(text.length);
  return found;
}

/** "7 (BUSY_OTHER)" becomes 7; anything that is not a number remains text. */
function readValue(written: string): unknown {
  const number = /^(-?\d+)(?: \([^)]*\))?$/.exec(written);
  if (number !== null && String(Number(number[1])) === number[1] && Number.isSafeInteger(Number(number[1])))
    return Number(number[1]);
  return written === 'true' || written === 'false' ? written === 'true' : written;
}
