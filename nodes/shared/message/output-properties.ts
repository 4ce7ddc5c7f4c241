/** Properties that a node sets on its messages in addition to the message contract: a list in the dialog. */
import type { Node, NodeAPI } from 'node-red';
import { evaluate } from './typed-value.js';

export interface OutputProperty {
  /** Property of `msg` to set: "customer", "payload.account". */
  readonly p: string;
  /** Where its value comes from: a typed input; `msg` is the message as it would be sent. */
  readonly v: string;
  readonly vt: string;
}

/** Evaluates each row against the message as modified by the previous rows. */
export async function setOutputProperties(
  RED: NodeAPI,
  node: Node,
  rows: readonly OutputProperty[],
  message: Record<string, unknown>,
): Promise<void> {
  for (const { p, v, vt } of rows) {
    const value = await evaluate(RED, node, { value: v, type: vt }, message);
    RED.util.setMessageProperty(message as never, p, value, true);
  }
}
