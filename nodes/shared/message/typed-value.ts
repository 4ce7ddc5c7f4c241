/** Values of a dialog that may be dynamic: evaluated for each message, like Node-RED's typed inputs. */
import type { Node, NodeAPI } from 'node-red';
import { inputError } from './errors.js';
import type { Message } from './input-rules.js';

/** A field with its type: `str num bool json msg flow global env jsonata`. */
export interface TypedValue {
  readonly value: string;
  readonly type: string;
}
/** A row of a dialog's list of arguments. */
export interface ArgumentRow extends TypedValue {
  readonly key: string;
}

/** Whether a field's value comes from a flow's data, as opposed to being entered for this purpose. */
export function isData({ type }: TypedValue): boolean {
  return type === 'msg' || type === 'flow' || type === 'global';
}

/** Evaluates one field; undefined when it is blank, so that the value comes from the message. */
export function evaluate(RED: NodeAPI, node: Node, field: TypedValue, msg: Message): Promise<unknown> {
  if (field.value === '' || field.value === undefined) return Promise.resolve(undefined);
  if (field.type === '' || field.type === undefined || field.type === 'str') return Promise.resolve(field.value);
  return new Promise((resolve, reject) => {
    try {
      RED.util.evaluateNodeProperty(field.value, field.type, node, msg as never, (error, value) => {
        if (error) reject(wrong(field, error));
        else resolve(value ?? undefined);
      });
    } catch (error) {
      reject(wrong(field, error));
    }
  });
}

/** Evaluates a list of arguments; blank ones are left out. */
export async function evaluateRows(
  RED: NodeAPI,
  node: Node,
  rows: readonly ArgumentRow[],
  msg: Message,
): Promise<Record<string, unknown>> {
  const args: Record<string, unknown> = {};
  for (const row of rows) {
    const key = row.key.trim();
    if (key === '') continue;
    const value = await evaluate(RED, node, row, msg);
    if (value !== undefined) args[key] = value;
  }
  return args;
}

function wrong(field: TypedValue, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return inputError(
    'CTIOS_INVALID_ARGUMENT',
    `A value of the dialog could not be evaluated (${field.type}): ${reason}`,
  );
}
