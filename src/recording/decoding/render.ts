/** Renders decoded messages as text or as JSON. */
import type { FinesseMessage } from '../text/finesse-log.js';
import type { DecodedFrame, DecodedSession } from './decode-session.js';
import { wordFor } from './names.js';

export function sessionLine({ session, version, versionFrom }: DecodedSession): string {
  const { id, side, peer, end, dropped } = session;
  const from = { opening: '', given: ' (given)', guessed: ' (guessed: the file has no OPEN_REQ)' }[versionFrom];
  const parts = [
    `Session ${id}`,
    side && `side ${side}`,
    peer,
    `protocol version ${version}${from}`,
    `${session.frames.length} messages`,
    dropped > 0 && `${dropped} older ones are not in the file`,
    end,
  ];
  return parts.filter(Boolean).join(', ');
}

export function frameText({ at, from, type, message, bytes, oddities }: DecodedFrame): string {
  const time = at === undefined ? '' : `${new Date(at).toISOString()} `;
  const lines = [`${time}${from} ${type}`];
  if (message === undefined) lines.push(`    bytes = ${bytes.toString('hex')}`);
  else lines.push(...fieldLines(type, message, '    '));
  for (const oddity of oddities) lines.push(`  ! ${oddity}`);
  return lines.join('\n');
}

export function finesseText({ time, type, fields, oddities }: FinesseMessage): string {
  const lines = [`${time} server ${type}`, ...fieldLines(type, fields, '    ')];
  for (const oddity of oddities) lines.push(`  ! ${oddity}`);
  return lines.join('\n');
}

export function frameJson({ session, at, from, type, number, message, bytes, oddities }: DecodedFrame): object {
  return {
    session,
    ...(at === undefined ? {} : { time: new Date(at).toISOString() }),
    from,
    type,
    ...(number === undefined ? {} : { number }),
    ...(message === undefined
      ? { bytes: bytes.toString('hex') }
      : { fields: fieldsOf(message), names: namesOf(type, message) }),
    oddities,
  };
}

export function finesseJson({ time, type, number, fields, oddities }: FinesseMessage): object {
  return { time, from: 'server', type, number, fields, names: namesOf(type, fields), oddities };
}

function fieldLines(type: string, message: object, indent: string): string[] {
  return Object.entries(message).flatMap(([name, value]) => {
    if (name === 'type' || value === undefined) return [];
    if (!isList(value)) return [`${indent}${name} = ${textOf(type, name, value)}`];
    return value.flatMap((element, index) => [
      `${indent}${name}[${index}]`,
      ...(isPlain(element) ? fieldLines(type, element, `${indent}    `) : [`${indent}    ${String(element)}`]),
    ]);
  });
}

function textOf(type: string, name: string, value: unknown): string {
  if (Buffer.isBuffer(value)) return value.length === 0 ? '(empty)' : value.toString('hex');
  if (typeof value === 'string') return JSON.stringify(value);
  const word = wordFor(type, name, value);
  return word === undefined ? String(value) : `${String(value)} (${word})`;
}

function fieldsOf(message: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message)
      .filter(([name, value]) => name !== 'type' && value !== undefined && !(isList(value) && value.length === 0))
      .map(([name, value]) => [name, jsonOf(value)]),
  );
}

function jsonOf(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (isList(value)) return value.map(jsonOf);
  return isPlain(value) ? fieldsOf(value) : value;
}

function namesOf(type: string, message: object): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [name, value] of Object.entries(message)) {
    const word = wordFor(type, name, value);
    if (word !== undefined) names[name] = word;
  }
  return names;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value);
}
