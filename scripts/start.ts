/**
 * `npm start`: Node-RED with this working copy's nodes, on a user directory of the project's own. The person's
 * ~/.node-red is never touched, everything listens on loopback, and Ctrl-C ends all of it.
 *
 *   node dist/scripts/start.js [--port 1880] [--user-dir .user-dir] [--installed]
 *
 * --installed takes the nodes that are installed in the user directory instead of the working copy's.
 * NODE_RED may name another Node-RED (its lib/red.js) than the one in node_modules.
 */
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { NodeRedApp } from 'node-red';

const ROOT = resolve(__dirname, '..', '..');
const HOST = '127.0.0.1';
const FIRST_FLOW = join(ROOT, 'examples', '1 screen pop.json');
const PAGE = 'screen-pop';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.PORT ?? '1880' },
      'user-dir': { type: 'string', default: join(ROOT, '.user-dir') },
      installed: { type: 'boolean', default: false },
    },
  });
  const userDir = resolve(options['user-dir']);
  mkdirSync(userDir, { recursive: true });
  const flows = join(userDir, 'flows.json');
  if (!existsSync(flows) && existsSync(FIRST_FLOW)) copyFileSync(FIRST_FLOW, flows);

  const RED = require(process.env.NODE_RED ?? 'node-red') as NodeRedApp;
  let handle: Handler = (_, response) => void response.writeHead(503).end('Node-RED is starting');
  const server = createServer((request, response) => handle(request, response, () => notFound(response)));
  const port = await listen(server, Number(options.port));
  // Flows that call their own endpoints find the port here, as they do where settings.js reads it from PORT.
  process.env.PORT = String(port);

  RED.init(server, {
    userDir,
    flowFile: 'flows.json',
    ...(!options.installed && { nodesDir: ROOT }),
    uiHost: HOST,
    uiPort: port,
    httpAdminRoot: '/',
    httpNodeRoot: '/',
    credentialSecret: secretOf(userDir),
    logging: { console: { level: 'off' }, plain: { level: 'warn', handler: () => report } },
    editorTheme: { tours: false },
    telemetry: { enabled: false, updateNotification: false },
    functionExternalModules: true,
    exportGlobalContextKeys: false,
  } as unknown as Parameters<NodeRedApp['init']>[1]);
  const admin = RED.httpAdmin as unknown as Handler;
  const pages = RED.httpNode as unknown as Handler;
  handle = (request, response, next) => admin(request, response, () => pages(request, response, next));

  stopOnSignal(RED, server);
  const started = new Promise<void>((flowsRun) => RED.events.once('flows:started', () => flowsRun()));
  await RED.start();
  await started;

  const url = `http://${HOST}:${port}/`;
  console.log(`
  Node-RED ${versionOf(RED)} with the simulated contact center

    Editor       ${url}
    Screen pop   ${url}${PAGE}

  Calls begin within seconds. Ctrl-C ends it; your changes stay in ${userDir}
`);
}

/** Takes the port asked for; any free one if somebody else has it. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if ((error.code === 'EADDRINUSE' || error.code === 'EACCES') && port !== 0)
        listen(server, 0).then(listening, failed);
      else failed(error);
    });
    server.listen(port, HOST, () => {
      server.removeAllListeners('error');
      listening((server.address() as AddressInfo).port);
    });
  });
}

/** Longer than the five seconds that Node-RED itself keeps a WebSocket request open which no flow answers. */
const LEFT_OPEN_MS = 7_000;

/**
 * First signal: stop the flows, close the links in good order, and the process ends by itself when nothing is open any
 * more; what is left open after a while is named. Second signal: end at once.
 */
function stopOnSignal(RED: NodeRedApp, server: Server): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    RED.stop()
      .catch((error: unknown) => console.error(error))
      .finally(() => {
        server.close();
        server.closeAllConnections();
        process.stdin.unref?.();
        setTimeout(() => {
          console.error(`error: still open: ${process.getActiveResourcesInfo().join(', ')}`);
          process.exit(0);
        }, LEFT_OPEN_MS).unref();
      });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

interface LogEntry {
  level: number;
  msg: unknown;
  /** Present where a node speaks. */
  type?: string;
  name?: string;
  id?: string;
}

const ERROR = 20;

/** Errors, and what nodes warn of; the runtime's own remarks on its settings are of no use to a newcomer. */
function report({ level, msg, type, name, id }: LogEntry): void {
  if (level > ERROR && type === undefined) return;
  const who = type === undefined ? '' : `[${type}:${name || id}] `;
  const what = msg instanceof Error ? (msg.stack ?? msg.message) : typeof msg === 'string' ? msg : JSON.stringify(msg);
  console.error(`${level > ERROR ? 'warning' : 'error'}: ${who}${what}`);
}

/** Encrypts the passwords that a person may type into this Node-RED; made on the first start, kept beside the flows. */
function secretOf(userDir: string): string {
  const file = join(userDir, '.secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** "4.1.15"; the typings call this function a string. */
function versionOf(RED: NodeRedApp): string {
  return (RED.version as unknown as () => string)().replace('-git', '');
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
