/** Parses the tests' notation of the protocol's tables; see guide.ts. */
import { GUIDE } from './guide.js';

export interface GuideField {
  kind: 'field';
  name: string;
  type: string;
  /** Data bytes: exact for numbers, the maximum for texts and bytes. */
  size: number;
  tags: number[];
  floating: boolean;
  since: number;
  until: number;
  counts: string | undefined;
  before: { max: number; version: number } | undefined;
}

export interface GuideList {
  kind: 'list';
  name: string;
  max: number;
  packed: boolean;
  fields: GuideItem[];
}

export type GuideItem = GuideField | GuideList;

export interface GuideMessage {
  number: number;
  name: string;
  items: GuideItem[];
}

const SIZES: Record<string, number> = { UCHAR: 1, USHORT: 2, BOOL: 2, UINT: 4, INT: 4, TIME: 4 };

const FIELD =
  /^(?<name>\w+)(?:@(?<tags>[\d/-]+))?:(?<type>[A-Z]+)(?<size>\d+)?(?:\((?<bMax>\d+)<(?<bVer>\d+)\))?(?:>=(?<since>\d+))?(?:<=(?<until>\d+))?(?:#(?<counts>\w+))?$/;
const LIST = /^(?<name>\w+)\*(?<max>\d*)(?<packed>p?)\{$/;

const itemsOf = (tokens: string[]): GuideItem[] => {
  const items: GuideItem[] = [];
  for (let token = tokens.shift(); token !== undefined && token !== '}'; token = tokens.shift()) {
    const list = LIST.exec(token)?.groups;
    if (list !== undefined) {
      const max = list.max === '' ? Number.POSITIVE_INFINITY : Number(list.max);
      items.push({ kind: 'list', name: list.name!, max, packed: list.packed === 'p', fields: itemsOf(tokens) });
      continue;
    }
    const field = FIELD.exec(token)?.groups;
    if (field === undefined) throw new Error(`Cannot read "${token}"`);
    items.push({
      kind: 'field',
      name: field.name!,
      type: field.type!,
      size: field.size === undefined ? (SIZES[field.type!] ?? 0) : Number(field.size),
      floating: field.tags !== undefined,
      tags: field.tags === undefined || field.tags === '-' ? [] : field.tags.split('/').map(Number),
      since: Number(field.since ?? 0),
      until: Number(field.until ?? 99),
      counts: field.counts,
      before: field.bMax === undefined ? undefined : { max: Number(field.bMax), version: Number(field.bVer) },
    });
  }
  return items;
};

/** All messages with a layout, ordered by number. */
export const guide: GuideMessage[] = GUIDE.trim()
  .split(/\n\n+/)
  .map((block) => {
    const [head = '', ...rest] = block.split('\n');
    const [number, name] = head.split(' ');
    return { number: Number(number), name: name!, items: itemsOf(rest.join(' ').split(/\s+/).filter(Boolean)) };
  });

export const guideMessage = (name: string): GuideMessage => {
  const found = guide.find((message) => message.name === name);
  if (found === undefined) throw new Error(`No message ${name}`);
  return found;
};
