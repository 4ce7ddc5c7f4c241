/**
 * Node-RED and sinon, which a user of this module installs: they are loaded when a flow test opens, from the location
 * of the test, so that the package does not depend on them.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The part of sinon that is used here. */
export interface Sinon {
  useFakeTimers(config: { now: number; toFake: readonly string[]; shouldClearNativeTimers: boolean }): FakeClock;
}

export interface FakeClock {
  readonly now: number;
  /** Runs the next timer, whenever it is due. */
  next(): number;
  restore(): void;
}

/** @throws Error naming what to install */
export function loadPeer(name: string, path = name): unknown {
  for (const from of [join(process.cwd(), 'package.json'), __filename]) {
    const required = createRequire(from);
    let found: string;
    try {
      found = required.resolve(path);
    } catch {
      continue;
    }
    return required(found);
  }
  throw new Error(`Flow tests need ${name}: npm install --save-dev node-red sinon`);
}
