/** Node-RED run by its own command, with the settings of a real installation. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, isRunning } from '../../scripts/ha/child-process.js';
import { lastingPort } from '../../scripts/ha/lasting-port.js';
import { type Headers, heardOn, type Spoken } from '../../scripts/page-line.js';
import { type FlowNode, pressInject, ROOT, temporaryDirectory, watchDebug } from './node-red-process.js';

export interface Site {
  /** httpNodeRoot: "/x/y" */
  root: string;
  /** httpNodeAuth: the user for the pages. */
  user?: string;
  /** With a self-signed certificate. */
  https?: boolean;
  /** A context store on disk without a cache, which can only be read asynchronously. */
  asynchronousContext?: boolean;
  /** uiHost. @default '127.0.0.1' */
  host?: string;
}

/** The password of httpNodeAuth, and its bcrypt hash. */
const PASSWORD = 'open sesame';
const HASH = '$2b$04$lq0znWYGnlS9Ehg6pkdoveEZ47sJaKnww4RsPMsONooZsLlK85RBu';

export class NodeRedSite {
  private constructor(
    private readonly child: ChildProcess,
    readonly site: Site,
    private readonly origin: string,
    private readonly said: string[],
  ) {}

  static async start(site: Site, flows: readonly FlowNode[]): Promise<NodeRedSite> {
    const userDir = temporaryDirectory();
    const { host = '127.0.0.1' } = site;
    const port = await lastingPort(host);
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
    const file = join(userDir, 'settings.js');
    writeFileSync(file, settings(site, userDir, port));
    const script = process.env.NODE_RED
      ? join(process.env.NODE_RED, '..', '..', 'red.js')
      : require.resolve('node-red/red.js');
    const child = spawn(process.execPath, [script, '--settings', file, '--userDir', userDir], {
      cwd: userDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    const origin = `${site.https ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
    return new Promise((started, failed) => {
      const hear = (text: string) => {
        said.push(text);
        if (said.join('').includes('Started flows')) started(new NodeRedSite(child, site, origin, said));
      };
      child.stdout.setEncoding('utf8').on('data', hear);
      child.stderr.setEncoding('utf8').on('data', hear);
      child.once('exit', (code) => failed(new Error(`Node-RED ended with ${code}: ${said.join('')}`)));
    });
  }

  /** Its log output. */
  get log(): string {
    return this.said.join('');
  }

  /** The URL of a page of the flows: "screen-pop". */
  at(path: string): string {
    return `${this.origin}${this.site.root.replace(/\/$/, '')}/${path}`;
  }

  get headers(): Headers {
    const { user } = this.site;
    if (user === undefined) return {};
    return { authorization: `Basic ${Buffer.from(`${user}:${PASSWORD}`).toString('base64')}` };
  }

  heard<T>(path: string, wanted: (message: T) => boolean, said: Spoken<T> = {}): Promise<T> {
    const over = () => !isRunning(this.child);
    return heardOn(this.at(path), wanted, { headers: this.headers, over, ...said });
  }

  watchDebug(shown: (node: string, message: unknown, id?: string) => void, opened?: () => void): () => void {
    return watchDebug(`${this.origin}/editor/comms`, shown, opened);
  }

  /** Presses the button of an inject node. */
  async press(id: string): Promise<void> {
    await pressInject(`${this.origin}/editor/inject/${id}`);
  }

  async stop(): Promise<void> {
    await endProcess(this.child, 'SIGINT');
  }
}

function settings(
  { root, user, https, asynchronousContext, host = '127.0.0.1' }: Site,
  userDir: string,
  port: number,
): string {
  const fixture = (name: string) => JSON.stringify(join(ROOT, 'test', 'fixtures', 'tls', name));
  const more = [
    user && `httpNodeAuth: { user: ${JSON.stringify(user)}, pass: ${JSON.stringify(HASH)} },`,
    https &&
      `https: { cert: require('fs').readFileSync(${fixture('untrusted.crt')}), key: require('fs').readFileSync(${fixture('untrusted.key')}) },`,
    asynchronousContext && "contextStorage: { default: { module: 'localfilesystem', config: { cache: false } } },",
  ].filter(Boolean);
  return `module.exports = {
  flowFile: 'flows.json',
  uiHost: ${JSON.stringify(host)},
  uiPort: ${port},
  httpAdminRoot: '/editor',
  httpNodeRoot: ${JSON.stringify(root)},
  userDir: ${JSON.stringify(userDir)},
  nodesDir: ${JSON.stringify(ROOT)},
  credentialSecret: 'test',
  editorTheme: { tours: false, codeEditor: { lib: 'ace' } },
  telemetry: { enabled: false, updateNotification: false },
  ${more.join('\n  ')}
};
`;
}
