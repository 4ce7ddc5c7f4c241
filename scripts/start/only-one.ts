/**
 * One Node-RED per user directory: two would overwrite each other's flows without noticing. A running one stores its
 * address in a file there, and a new one sends a request to that address. So the file of a killed process does no harm,
 * even if its port or process id is in use by another program.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The path at which a running instance reports its id. */
export const INSTANCE_PATH = '/start/instance';

const FILE = 'running.json';
/** An instance on this computer that does not respond within this time is busy, but considered running. */
const ANSWER_MS = 5_000;

interface Instance {
  /** "http://127.0.0.1:1880" */
  url: string;
  pid: number;
}

/** @returns the address of the one that uses this directory; undefined if there is none */
export async function runningIn(userDir: string): Promise<string | undefined> {
  const left = read(userDir);
  if (left === undefined) return undefined;
  try {
    const response = await fetch(left.url + INSTANCE_PATH, { signal: AbortSignal.timeout(ANSWER_MS) });
    return (await response.text()) === String(left.pid) ? left.url : undefined;
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? left.url : undefined;
  }
}

/** Records that this process uses the directory, until it exits. */
export function sayRunning(userDir: string, url: string): void {
  writeFileSync(join(userDir, FILE), JSON.stringify({ url, pid: process.pid } satisfies Instance));
  process.once('exit', () => {
    if (read(userDir)?.pid === process.pid) rmSync(join(userDir, FILE), { force: true });
  });
}

function read(userDir: string): Instance | undefined {
  try {
    const { url, pid } = JSON.parse(readFileSync(join(userDir, FILE), 'utf8')) as Partial<Instance>;
    return typeof url === 'string' && typeof pid === 'number' ? { url, pid } : undefined;
  } catch {
    return undefined;
  }
}
