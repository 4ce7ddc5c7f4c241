/**
 * Ensures that a single process owns the file of a store. Two processes that send from the same file would make each
 * delivery twice. SQLite in WebAssembly leaves its lock (a directory) behind when the process is killed, so a stale
 * lock must be detected.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CtiosError } from '../../ctios/ctios-error.js';

interface Owner {
  readonly pid: number;
  /** When that process started, if the system reports it, because process ids are reused. */
  readonly started?: string;
}

/** Identifies processes; injected, so that a test can provide running and ended ones. */
export interface Processes {
  readonly pid: number;
  alive(pid: number): boolean;
  startOf(pid: number): string | undefined;
}

export const systemProcesses: Processes = {
  pid: process.pid,
  alive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // The process exists, but belongs to another user.
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
  startOf(pid) {
    try {
      // Field 22, counted after the name, which may contain any characters.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    } catch {
      return undefined;
    }
  },
};

/**
 * Acquires the file for this process.
 * @returns a function that releases it
 * @throws CTIOS_STORE_IN_USE while another process owns it
 */
export function ownStore(path: string, processes: Processes = systemProcesses): () => void {
  const file = `${path}.owner`;
  const other = read(file);
  if (other !== undefined && other.pid !== processes.pid && isSame(other, processes)) {
    throw new CtiosError(
      'CTIOS_STORE_IN_USE',
      `The delivery store ${path} is in use by process ${other.pid}. Give each Node-RED a user directory of its own.`,
    );
  }
  // The process that held the lock has ended.
  rmSync(`${path}.lock`, { recursive: true, force: true });
  const started = processes.startOf(processes.pid);
  const owner: Owner = { pid: processes.pid, ...(started === undefined ? {} : { started }) };
  writeFileSync(file, JSON.stringify(owner));
  return () => {
    if (read(file)?.pid === processes.pid) rmSync(file, { force: true });
  };
}

function isSame(owner: Owner, processes: Processes): boolean {
  if (!processes.alive(owner.pid)) return false;
  const started = processes.startOf(owner.pid);
  return started === undefined || owner.started === undefined || started === owner.started;
}

/** A truncated file has no owner: its writer had not opened the store yet. */
function read(file: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number' ? (owner as Owner) : undefined;
  } catch {
    return undefined;
  }
}
