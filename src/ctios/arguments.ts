import { enumName } from './enums/index.js';
import { keywordByName } from './keyword-lookup.js';
import type { Args } from './transport.js';
import { type IntegerType, isPlainObject, toBoolean, toInteger, toText } from './values.js';

/** The values of Arguments: scalars and nested Arguments. */
export type ArgumentValue = string | number | boolean | Arguments;

/** Accepted values: plain objects can be used wherever Arguments are expected. */
export type ArgumentInput = ArgumentValue | Args | readonly ArgumentInput[];

/** The type names by which the guide identifies a value. */
export type ArgTypeName = 'ARG_NOTSET' | 'ARG_INT' | 'ARG_UINT' | 'ARG_BOOL' | 'ARG_STRING' | 'ARG_ARGUMENT';

interface Entry {
  /** The key as first set. */
  key: string;
  value: ArgumentValue;
}

/**
 * Key-value pairs, as used throughout CTI OS. Keys are compared case-insensitively, ignoring surrounding blanks;
 * setting a key again replaces its value; elements are counted from 1. Getters convert the value if possible, and
 * otherwise return undefined, as for a missing key: they never throw.
 */
export class Arguments implements Iterable<[key: string, value: ArgumentValue]> {
  #entries = new Map<string, Entry>();

  constructor(from?: Arguments | Args | Iterable<readonly [string, ArgumentInput]>) {
    if (from === undefined) return;
    if (from instanceof Arguments) {
      for (const [key, value] of from) this.setValue(key, value instanceof Arguments ? value.clone() : value);
    } else {
      const pairs = Symbol.iterator in from ? from : Object.entries(from as Args);
      for (const [key, value] of pairs as Iterable<readonly [string, ArgumentInput]>) this.setValue(key, value);
    }
  }

  /** Plain objects are converted to Arguments; Arguments are returned unchanged. */
  static of(from: Arguments | Args): Arguments {
    return from instanceof Arguments ? from : new Arguments(from);
  }

  /** Adds or replaces a value. An array becomes Arguments with the keys '1', '2' ... Null and undefined are omitted. */
  setValue(key: string, value: ArgumentInput | null | undefined): this {
    if (value === null || value === undefined) return this;
    const folded = fold(key);
    if (folded === '') return this;
    this.#entries.set(folded, { key: this.#entries.get(folded)?.key ?? key.trim(), value: held(value) });
    return this;
  }

  /** Alias of {@link setValue} in the guide. */
  addItem(key: string, value: ArgumentInput | null | undefined): this {
    return this.setValue(key, value);
  }

  getValue(key: string): ArgumentValue | undefined {
    return this.#entries.get(fold(key))?.value;
  }

  getValueInt(key: string): number | undefined {
    return toInteger(this.getValue(key), 'INT');
  }

  getValueUInt(key: string): number | undefined {
    return unsigned(this.getValue(key), 'UINT', 'INT');
  }

  getValueShort(key: string): number | undefined {
    return toInteger(this.getValue(key), 'SHORT');
  }

  getValueUShort(key: string): number | undefined {
    return unsigned(this.getValue(key), 'USHORT', 'SHORT');
  }

  getValueBool(key: string): boolean | undefined {
    return toBoolean(this.getValue(key));
  }

  /** The text form of any value; for nested Arguments, their dump. */
  getValueString(key: string): string | undefined {
    const value = this.getValue(key);
    return value instanceof Arguments ? value.dumpArgs() : toText(value);
  }

  /** Nested Arguments. */
  getValueArray(key: string): Arguments | undefined {
    const value = this.getValue(key);
    return value instanceof Arguments ? value : undefined;
  }

  /** Whether the key exists. */
  isValid(key: string): boolean {
    return this.#entries.has(fold(key));
  }

  get numElements(): number {
    return this.#entries.size;
  }

  /** @returns whether the key existed */
  removeItem(key: string): boolean {
    return this.#entries.delete(fold(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** A deep copy. */
  clone(): Arguments {
    return new Arguments(this);
  }

  /** @param index from 1 */
  getElement(index: number): ArgumentValue | undefined {
    return this.#at(index)?.value;
  }

  getElementKey(index: number): string | undefined {
    return this.#at(index)?.key;
  }

  getElementInt(index: number): number | undefined {
    return toInteger(this.getElement(index), 'INT');
  }

  getElementUInt(index: number): number | undefined {
    return unsigned(this.getElement(index), 'UINT', 'INT');
  }

  getElementShort(index: number): number | undefined {
    return toInteger(this.getElement(index), 'SHORT');
  }

  getElementUShort(index: number): number | undefined {
    return unsigned(this.getElement(index), 'USHORT', 'SHORT');
  }

  getElementBool(index: number): boolean | undefined {
    return toBoolean(this.getElement(index));
  }

  getElementString(index: number): string | undefined {
    const key = this.getElementKey(index);
    return key === undefined ? undefined : this.getValueString(key);
  }

  getElementArguments(index: number): Arguments | undefined {
    const value = this.getElement(index);
    return value instanceof Arguments ? value : undefined;
  }

  getElementArgType(index: number): ArgTypeName {
    return argTypeOf(this.getElement(index));
  }

  /** Replaces the value of an element. @returns false if the element does not exist */
  setElement(index: number, value: ArgumentInput): boolean {
    const entry = this.#at(index);
    if (entry === undefined) return false;
    entry.value = held(value);
    return true;
  }

  *[Symbol.iterator](): Iterator<[string, ArgumentValue]> {
    for (const { key, value } of this.#entries.values()) yield [key, value];
  }

  keys(): string[] {
    return [...this.#entries.values()].map((entry) => entry.key);
  }

  /** Plain data, suitable for a message. */
  toArgs(): Args {
    const args: Args = {};
    for (const [key, value] of this) {
      // Not `args[key] =`: with the key "__proto__", that would set the prototype.
      Object.defineProperty(args, key, {
        value: value instanceof Arguments ? value.toArgs() : value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return args;
  }

  toJSON(): Args {
    return this.toArgs();
  }

  /** "key1 = value1; key2 = value2", for display. Passwords are masked, enumeration values are shown by name. */
  dumpArgs(): string {
    return [...this].map(([key, value]) => `${key} = ${shown(key, value)}`).join('; ');
  }

  #at(index: number): Entry | undefined {
    if (!Number.isInteger(index) || index < 1) return undefined;
    let position = 0;
    for (const entry of this.#entries.values()) {
      position++;
      if (position === index) return entry;
    }
    return undefined;
  }
}

function fold(key: string): string {
  return key.trim().toLowerCase();
}

function held(value: ArgumentInput): ArgumentValue {
  if (typeof value !== 'object' || value instanceof Arguments) return value;
  if (Array.isArray(value)) {
    return new Arguments(value.map((each, index) => [String(index + 1), each] as [string, ArgumentInput]));
  }
  if (isPlainObject(value)) return new Arguments(value as Args);
  throw new TypeError('Arguments hold texts, numbers, truth values and Arguments');
}

/** The unsigned value of a negative number of the same width: the guide's INT represents 0xFFFFFFFF as -1. */
function unsigned(value: unknown, type: 'UINT' | 'USHORT', bits: IntegerType): number | undefined {
  const direct = toInteger(value, type);
  if (direct !== undefined) return direct;
  const signed = toInteger(value, bits);
  if (signed === undefined) return undefined;
  return type === 'UINT' ? signed >>> 0 : signed & 0xffff;
}

function argTypeOf(value: ArgumentValue | undefined): ArgTypeName {
  if (value === undefined) return 'ARG_NOTSET';
  if (value instanceof Arguments) return 'ARG_ARGUMENT';
  if (typeof value === 'string') return 'ARG_STRING';
  if (typeof value === 'boolean') return 'ARG_BOOL';
  return value > 0x7fffffff ? 'ARG_UINT' : 'ARG_INT';
}

function shown(key: string, value: ArgumentValue): string {
  if (value instanceof Arguments) return `{ ${value.dumpArgs()} }`;
  const keyword = keywordByName(key);
  if (keyword?.secret === true || /password/i.test(key)) return '***';
  const word = keyword?.enum === undefined || typeof value !== 'number' ? undefined : enumName(keyword.enum, value);
  return word === undefined ? String(value) : `${value} (${word})`;
}
