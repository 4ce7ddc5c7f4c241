/** The plain way to decode by a table: a loop over its rows that sets `message[key]`, each text decoded on its own. */
import { type Layout, layoutOf, type Slot } from '../../src/ged188/codec/layout.js';
import { definitionOf } from '../../src/ged188/index.js';
import { VERSION } from './traffic.js';

type Dynamic = Record<string, unknown>;
interface Row {
  name: string;
  wire: string;
  list: string | undefined;
}
interface Plan {
  layout: Layout;
  tags: Map<number, Row>;
}

const rowsOf = (slots: readonly Slot[], list: string | undefined, tags: Map<number, Row>): void => {
  for (const slot of slots) {
    if (slot.kind === 'field')
      for (const tag of slot.tags) tags.set(tag, { name: slot.name, wire: slot.facts.wire, list });
    else if (slot.facts.within !== undefined)
      tags.set(slot.facts.within, { name: slot.name, wire: 'NAMED', list: undefined });
    else rowsOf(slot.items, slot.name, tags);
  }
};

const plans = new Map<number, Plan>();
const planOf = (number: number): Plan => {
  let plan = plans.get(number);
  if (plan === undefined) {
    const layout = layoutOf(definitionOf(number)!, VERSION);
    plan = { layout, tags: new Map() };
    rowsOf(layout.floating, undefined, plan.tags);
    plans.set(number, plan);
  }
  return plan;
};

const read = (b: Buffer, wire: string, at: number, to: number): unknown => {
  switch (wire) {
    case 'USHORT':
      return b.readUInt16BE(at);
    case 'UCHAR':
      return b.readUInt8(at);
    case 'INT':
      return b.readInt32BE(at);
    case 'STRING':
      return b.toString('latin1', at, to - 1);
    case 'UNSPEC':
      return Buffer.from(b.subarray(at, to));
    default:
      return b.readUInt32BE(at);
  }
};

const named = (b: Buffer, tag: number, at: number, to: number): Dynamic => {
  const element: Dynamic = {};
  const from = tag === 83 ? at + 1 : at;
  if (tag === 83) element.VariableIndex = b.readUInt8(at);
  const end = b.indexOf(0, from);
  element.VariableName = b.toString('latin1', from, end);
  element.VariableValue = b.toString('latin1', end + 1, to - 1);
  return element;
};

export const decodeByDynamicKeys = (b: Buffer): Dynamic => {
  const { layout, tags } = planOf(b.readUInt32BE(4));
  const message: Dynamic = { type: layout.name };
  for (const { name, facts, offset } of layout.fixed) {
    if (offset !== undefined) message[name] = read(b, facts.wire, offset, offset);
  }
  for (let at = layout.fixedEnd; at < b.length; ) {
    const tag = b.readUInt16BE(at);
    const from = at + 4;
    at = from + b.readUInt16BE(at + 2);
    const row = tags.get(tag);
    if (row === undefined) continue;
    if (row.wire === 'NAMED') {
      message[row.name] ??= [];
      (message[row.name] as Dynamic[]).push(named(b, tag, from, at));
      continue;
    }
    const value = read(b, row.wire, from, at);
    if (row.list === undefined) {
      message[row.name] = value;
      continue;
    }
    message[row.list] ??= [];
    const list = message[row.list] as Dynamic[];
    let element = list.at(-1);
    if (element === undefined || row.name in element) {
      element = {};
      list.push(element);
    }
    element[row.name] = value;
  }
  return message;
};
