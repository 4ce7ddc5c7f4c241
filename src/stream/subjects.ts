/**
 * Names on the engine: subjects of events, keys of objects, and which part of the stream an event belongs to. A subject is
 * `ctios.<site>.ev.<part>.<kind>.<peripheral>.<id>.<event>`. All events of one customer's journey are in one part, so their
 * order survives when the parts are read by different programs.
 */
import { createHash } from 'node:crypto';
import type { Args } from '../ctios/transport.js';

/** The number of parts of the stream. */
export const PARTS = 16;
/** Used if an object has no peripheral or no id. */
const NONE = '-';

export type ObjectKind = 'call' | 'agent' | 'device' | 'skillgroup' | 'session';
const KINDS: ReadonlySet<string> = new Set(['call', 'agent', 'device', 'skillgroup']);

/** The object that an event is about. */
export interface Address {
  readonly kind: ObjectKind;
  readonly peripheral: string;
  readonly id: string;
}

/** Parses a UniqueObjectID: `call.5000.101.2001`, `agent.5000.1001`. */
export function addressOf({ UniqueObjectID: id, PeripheralID }: Args): Address {
  const [kind = '', peripheral = NONE, ...rest] = typeof id === 'string' ? id.split('.') : [];
  if (KINDS.has(kind) && rest.length > 0) return { kind: kind as ObjectKind, peripheral, id: rest.join('.') };
  return { kind: 'session', peripheral: PeripheralID === undefined ? NONE : String(PeripheralID), id: NONE };
}

/** One token of a subject: characters that are special or not allowed in subjects are percent-escaped. */
export function token(text: string): string {
  const escaped = encodeURIComponent(text).replace(
    /[.*!'()~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return escaped === '' ? NONE : escaped;
}

/** A key of a bucket: escaped like a token, but keys cannot contain a percent sign. */
export function key(...parts: readonly string[]): string {
  return parts.map((part) => token(part).replaceAll('%', '=')).join('.');
}

/** @returns 0 to 15 */
export function partOf(journey: string): number {
  return createHash('sha1').update(journey).digest()[0]! % PARTS;
}

/** The name of a group's durable consumer; the separator is not valid in the name of a group. */
export const consumerName = (group: string, period: string): string => `${group}_${period}`;

/** The group of a consumer, or undefined if it does not belong to one. */
export function groupOf(consumer: string): string | undefined {
  const [group, period] = consumer.split('_');
  return period === undefined ? undefined : group;
}

/** The names of one site. */
export class SiteSubjects {
  /** The subject of markers that open an epoch. */
  readonly epoch: string;
  /** Everything that the event log of the site holds. */
  readonly all: readonly string[];

  constructor(readonly site: string) {
    this.epoch = `ctios.${site}.epoch`;
    this.all = [this.epoch, `ctios.${site}.ev.>`];
  }

  /** The subject for the copy of a server's audit log. @param server a unique server name, or `*` for all servers */
  audit(server: string): string {
    return `ctios.${this.site}.audit.${server === '*' ? server : token(server)}`;
  }

  /** The subject on which a server receives the requests of its peers. */
  peer(id: string): string {
    return `ctios.${this.site}.peer.${token(id)}`;
  }

  event(event: string, { kind, peripheral, id }: Address, part: number): string {
    return `ctios.${this.site}.ev.${part}.${kind}.${token(peripheral)}.${token(id)}.${token(event)}`;
  }
}
