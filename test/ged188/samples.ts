/** A sample of every message: the values to encode, the expected bytes, and the expected decoded values. */
import { Bytes } from './bytes.js';
import type { GuideField, GuideItem, GuideList, GuideMessage } from './guide-parser.js';

type Values = Record<string, unknown>;

export interface Sample {
  init: Values & { type: string };
  frame: Buffer;
  decoded: Values & { type: string };
}

export interface SampleOptions {
  /** Texts and bytes of maximum length, numbers of maximum size. */
  largest?: boolean;
  /** Packs lists into one field if possible. */
  packed?: boolean;
  /** Without the floating part. */
  bare?: boolean;
}

const HIGHEST: Record<string, number> = {
  UCHAR: 0xff,
  USHORT: 0xffff,
  UINT: 0xffffffff,
  TIME: 0xffffffff,
  INT: -1,
};

class Sampler {
  private serial = 0;

  constructor(
    private readonly version: number,
    private readonly options: SampleOptions,
  ) {}

  /** Whether the version has the field. Before version 20 a tag has one byte, so larger ones are not possible. */
  has({ since, until, tags }: GuideField): boolean {
    return since <= this.version && this.version <= until && (this.version >= 20 || (tags[0] ?? 0) < 256);
  }

  value(field: GuideField): unknown {
    const { type, size, before } = field;
    const serial = ++this.serial;
    const max = before !== undefined && this.version < before.version ? before.max : size;
    switch (type) {
      case 'BOOL':
        return serial % 2 === 0;
      case 'STRING':
        return this.options.largest ? 'x'.repeat(max - 1) : String(serial).slice(0, max - 1);
      case 'UNSPEC':
        return Buffer.alloc(field.floating && !this.options.largest ? serial % max : max, serial % 256);
      default:
        return this.options.largest ? HIGHEST[type] : (serial * 7919) % (type === 'UCHAR' ? 0x100 : 0x10000);
    }
  }

  put(bytes: Bytes, { type, size }: GuideField, value: unknown): void {
    if (type === 'STRING') bytes.text(value as string);
    else if (type === 'UNSPEC') bytes.raw(value as Buffer);
    else bytes.number(Number(value), size);
  }
}

const lengthOf = (list: GuideList): number => Math.min(list.max, 2);

const field = (sampler: Sampler, bytes: Bytes, item: GuideField, init: Values, decoded: Values, lists: GuideItem[]) => {
  const { name, counts, floating, tags } = item;
  const sent = sampler.has(item) && (!floating || tags.length > 0);
  if (!sent) {
    decoded[name] = undefined;
    return;
  }
  if (counts !== undefined) {
    const list = lists.find((candidate) => candidate.name === counts);
    const count = list?.kind === 'list' ? lengthOf(list) : 2;
    decoded[name] = count;
    if (floating) bytes.tagged(tags[0]!, (data) => data.number(count, item.size));
    else bytes.number(count, item.size);
    return;
  }
  const value = sampler.value(item);
  init[name] = value;
  decoded[name] = value;
  if (floating) bytes.tagged(tags[0]!, (data) => sampler.put(data, item, value));
  else sampler.put(bytes, item, value);
};

const NAMED = {
  NAMEDVAR: (index: number) => ({ VariableName: `user.name${index}`, VariableValue: `value ${index}` }),
  NAMEDARRAY: (index: number) => ({
    VariableIndex: index,
    VariableName: `user.array${index}`,
    VariableValue: index === 0 ? '' : `element ${index}`,
  }),
};

const named = (bytes: Bytes, item: GuideField, init: Values, decoded: Values): void => {
  const elements = [0, 1].map(NAMED[item.type as keyof typeof NAMED]);
  init[item.name] = elements;
  decoded[item.name] = elements;
  for (const element of elements) {
    bytes.tagged(item.tags[0]!, (data) => {
      if ('VariableIndex' in element) data.number(element.VariableIndex as number, 1);
      data.text(element.VariableName).text(element.VariableValue);
    });
  }
};

const list = (
  sampler: Sampler,
  bytes: Bytes,
  item: GuideList,
  init: Values,
  decoded: Values,
  options: SampleOptions,
) => {
  const elements = Array.from({ length: lengthOf(item) }, () => ({ init: {} as Values, decoded: {} as Values }));
  const sendable = item.fields.filter((entry) => entry.kind === 'list' || sampler.has(entry));
  const packed = options.packed === true && item.packed;
  for (const element of elements) {
    items(sampler, packed ? new Bytes(0) : bytes, item.fields, element.init, element.decoded, options);
  }
  if (packed) {
    for (const entry of sendable as GuideField[]) {
      bytes.tagged(entry.tags[0]!, (data) => {
        for (const element of elements) sampler.put(data, entry, element.init[entry.name]);
      });
    }
  }
  if (sendable.length === 0) elements.length = 0;
  init[item.name] = elements.map((element) => element.init);
  decoded[item.name] = elements.map((element) => element.decoded);
};

const items = (
  sampler: Sampler,
  bytes: Bytes,
  entries: GuideItem[],
  init: Values,
  decoded: Values,
  options: SampleOptions,
): void => {
  for (const item of entries) {
    if (item.kind === 'list') list(sampler, bytes, item, init, decoded, options);
    else if (item.type.startsWith('NAMED')) named(bytes, item, init, decoded);
    else field(sampler, bytes, item, init, decoded, entries);
  }
};

/** A message with every field that the version has; each list with two elements. */
export const sampleOf = (message: GuideMessage, version: number, options: SampleOptions = {}): Sample => {
  const init = { type: message.name };
  const decoded: Values & { type: string } = { type: message.name };
  const bytes = new Bytes(version);
  items(new Sampler(version, options), bytes, message.items, init, decoded, options);
  decoded.unknown = undefined;
  if (message.name === 'FAILURE_CONF') {
    decoded.FailureCode = decoded.Status;
    decoded.PeripheralErrorCode = undefined;
  }
  return { init, frame: bytes.message(message.number), decoded };
};
