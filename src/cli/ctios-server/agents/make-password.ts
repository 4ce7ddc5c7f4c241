/**
 * `ctios-server --make-agent-password ID`: creates a line of the password file from a password that is typed or piped
 * in.
 */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { UsageError } from '../../usage-error.js';
import { makeHash } from './password-hash.js';
import { readPasswordList } from './password-list.js';

/**
 * @param input the source of the password: its first line, without the line break
 * @returns `agentID:scrypt$…`
 * @throws UsageError if the password is empty or the ID is not valid
 */
export async function makePasswordLine(agent: string, input: NodeJS.ReadableStream): Promise<string> {
  const password = await firstLine(input);
  if (password === '')
    throw new UsageError('--make-agent-password reads the password from standard input; there is none');
  const line = `${agent}:${await makeHash(password)}`;
  try {
    readPasswordList(line);
  } catch {
    throw new UsageError(
      '--make-agent-password takes an agent ID of at most 12 characters, or peripheral/agent, such as 5000/1001',
    );
  }
  return line;
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const typed = (input as NodeJS.ReadStream).isTTY === true;
  if (typed) process.stderr.write('Password: ');
  // On a terminal, readline turns the echo off; its output is discarded.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: typed });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (typed) process.stderr.write('\n');
  }
}
