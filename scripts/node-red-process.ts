/**
 * Runs a real Node-RED in a separate process, for tests, screenshots and benchmarks. The environment variable NODE_RED
 * selects another Node-RED than the one in node_modules.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import { endProcess, isRunning, type ProcessEnd } from './ha/child-process.js';
import { heardOn, type Spoken } from './page-line.js';

export const ROOT = resolve(__dirname, '..', '..');

export interface NodeSet {
  id: string;
  module: string;
  name: string;
  types: string[];
  enabled: boolean;
  err?: string;
}

export interface FlowNode {
  id: string;
  type: string;
  name?: string;
  [property: string]: unknown;
}

export type DeployType = 'full' | 'flows' | 'nodes' | 'reload';

/** It takes 37 s at most. */
const STOP_MS = 60_000;

const children = new Set<ChildProcess>();

/** Kills every Node-RED that this process started and that is still running. */
export function killStarted(): void {
  for (const child of children) child.kill('SIGKILL');
}

export class NodeRedProcess {
  readonly #errors: string[] = [];
  #stopping = false;

  private constructor(
    private readonly child: ChildProcess,
    /** "http://127.0.0.1:40123/" */
    readonly url: string,
    readonly userDir: string,
    errors: string[],
  ) {
    this.#errors = errors;
  }

  /** @param options `userDir`: an existing one; `installed`: use the nodes installed in it */
  static start(options: { userDir?: string; installed?: boolean; port?: number } = {}): Promise<NodeRedProcess> {
    const userDir = options.userDir ?? mkdtempSync(join(tmpdir(), 'ctios-'));
    const args = [
      join(ROOT, 'dist', 'scripts', 'start.js'),
      '--port',
      String(options.port ?? 0),
      '--user-dir',
      userDir,
      '--without-token',
      '--light-code-editor',
    ];
    if (options.installed) args.push('--installed');
    const child = spawn(process.execPath, args, { cwd: userDir, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    child.once('close', () => children.delete(child));
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    return new Promise((started, failed) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const url = /Editor +(http\S+)/.exec(said)?.[1];
        if (url && said.includes('Ctrl-C')) started(new NodeRedProcess(child, url, userDir, errors));
      });
      child.once('exit', (code) => failed(new Error(`Node-RED ended with ${code}: ${said}${errors.join('')}`)));
    });
  }

  get running(): boolean {
    return isRunning(this.child);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** What it has written to its error output. */
  get errors(): string {
    return this.#errors.join('');
  }

  at(path: string): string {
    return new URL(path, this.url).href;
  }

  async json<T>(path: string): Promise<T> {
    const response = await fetch(this.at(path), { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  /** The node sets of this project. */
  async sets(): Promise<NodeSet[]> {
    const all = await this.json<NodeSet[]>('nodes');
    return all.filter((set) => set.module === '@openctios/node-red-ctios');
  }

  async deploy(flows: readonly FlowNode[], type: DeployType = 'full'): Promise<void> {
    const response = await fetch(this.at('flows'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'node-red-deployment-type': type },
      body: type === 'reload' ? '{}' : JSON.stringify(flows),
    });
    if (!response.ok) throw new Error(`deploy: ${response.status} ${await response.text()}`);
  }

  /**
   * The first message on the live connection of an example's page that satisfies `wanted`. As the page does, it connects
   * again when a deploy cuts the line, or when the deployed flow does not listen yet.
   * @param said what is sent when the line is open, and after a message
   */
  heard<T>(path: string, wanted: (message: T) => boolean, said: Spoken<T> = {}): Promise<T> {
    const over = () => !this.running || this.#stopping;
    return heardOn(this.at(path), wanted, { over, ...said });
  }

  /** What the editor's debug sidebar shows from now on. @param opened called when it has begun @returns a function that ends it */
  watchDebug(shown: (node: string, message: unknown, id?: string) => void, opened?: () => void): () => void {
    return watchDebug(this.at('comms'), shown, opened);
  }

  /** Presses the button of an inject node. */
  async press(id: string): Promise<void> {
    await pressInject(this.at(`inject/${id}`));
  }

  /** SIGKILL: nothing is closed or written. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /**
   * Ctrl-C. @returns how the process ended; it must exit on its own, with nothing left open
   * @throws if it does not: it is killed then
   */
  async stop(): Promise<ProcessEnd & { errors: string }> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.child.kill('SIGKILL');
    }, STOP_MS);
    const end = await this.#end('SIGINT');
    clearTimeout(timer);
    if (late) throw new Error(`Node-RED did not end within ${STOP_MS} ms of Ctrl-C: ${this.errors}`);
    return { ...end, errors: this.errors };
  }

  async #end(signal: NodeJS.Signals): Promise<ProcessEnd> {
    this.#stopping = true;
    this.child.removeAllListeners('exit');
    return await endProcess(this.child, signal);
  }
}

/** @param address of the editor's route for it; a self-signed certificate is accepted */
export function pressInject(address: string): Promise<void> {
  const send = address.startsWith('https:') ? https : http;
  return new Promise((pressed, failed) => {
    const request = send(address, { method: 'POST', rejectUnauthorized: false, agent: false }, (response) => {
      response.resume().on('end', () => pressed());
    });
    request.on('error', failed).end();
  });
}

/** @param comms address of the editor's WebSocket, with http or https */
export function watchDebug(
  comms: string,
  shown: (node: string, message: unknown, id?: string) => void,
  opened?: () => void,
): () => void {
  const socket = new WebSocket(comms.replace(/^http/, 'ws'), { rejectUnauthorized: false });
  socket.on('open', () => {
    socket.send(JSON.stringify({ subscribe: 'debug' }));
    opened?.();
  });
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const parts = JSON.parse(String(data)) as unknown;
    for (const { topic, data: debug } of (Array.isArray(parts) ? parts : [parts]) as Array<{
      topic?: string;
      data?: { name?: string; id?: string; msg?: unknown };
    }>)
      if (topic === 'debug' && debug) shown(debug.name ?? debug.id ?? '', debug.msg, debug.id);
  });
  return () => socket.terminate();
}
