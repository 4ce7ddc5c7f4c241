/** The user directory of this Node-RED: flows, and the key that encrypts their passwords. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FlowNode } from '../examples/flow-node.js';

export const FLOW_FILE = 'flows.json';

/**
 * Makes the directory if need be. Flows that are there stay as they are.
 * @param flows what a first start begins with
 * @returns the secret that encrypts the passwords typed into this Node-RED; made on the first start, kept beside the flows
 */
export function prepareUserDirectory(userDir: string, flows: readonly FlowNode[]): string {
  mkdirSync(userDir, { recursive: true });
  const flowFile = join(userDir, FLOW_FILE);
  if (!existsSync(flowFile)) writeFileSync(flowFile, JSON.stringify(flows, null, 2));
  const secret = join(userDir, '.secret');
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(secret, 'utf8').trim();
}
