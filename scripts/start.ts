/**
 * `npm start`: Node-RED with this working copy's nodes and every example, on a user directory of the project's own, and
 * a page with links to all of it. The user's ~/.node-red is never touched, everything listens on loopback, and Ctrl-C
 * ends all of it.
 *
 *   node dist/scripts/start.js [--port 1880] [--user-dir .user-dir] [--installed] [--without-token]
 *
 * The editor needs the token in the address that is printed; --without-token opens it to everyone on this computer.
 * --installed takes the nodes that are installed in the user directory instead of the working copy's.
 * NODE_RED may name another Node-RED (its lib/red.js) than the one in node_modules.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { NodeRedApp } from 'node-red';
import { AccessToken, explainToken, tokenOf } from './start/access-token.js';
import { firstFlows, numberedFlows } from './start/examples.js';
import { flowsRun } from './start/flows-run.js';
import { HOST, listen } from './start/listen.js';
import { INSTANCE_PATH, runningIn, sayRunning } from './start/only-one.js';
import { report } from './start/report.js';
import { refuseForeign, refuseForeignSockets } from './start/same-site.js';
import { type Runtime, START_PATH, startPage } from './start/start-page.js';
import { stopOnSignal } from './start/stop.js';
import { FLOW_FILE, prepareUserDirectory } from './start/user-directory.js';

const ROOT = resolve(__dirname, '..', '..');
const NODE_RED = process.env.NODE_RED ?? 'node-red';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.PORT ?? '1880' },
      'user-dir': { type: 'string', default: join(ROOT, '.user-dir') },
      installed: { type: 'boolean', default: false },
      'without-token': { type: 'boolean', default: false },
      // For tests: a third less work for a browser than Monaco, in which nothing here is tested.
      'light-code-editor': { type: 'boolean', default: false },
    },
  });
  const userDir = resolve(options['user-dir']);
  const already = await runningIn(userDir);
  if (already !== undefined) {
    console.error(`
  It runs already: ${new AccessToken(tokenOf(userDir), 0).inAddress(already + START_PATH)}

  A second one on the same flows (${userDir}) would write over them.
  One with flows of its own: npm start -- --user-dir <another folder>
`);
    process.exitCode = 1;
    return;
  }
  const examples = numberedFlows();
  const credentialSecret = prepareUserDirectory(userDir, firstFlows(examples));

  const RED = require(NODE_RED) as NodeRedApp & { runtime: Runtime };
  let handle: Handler = (_, response) => void response.writeHead(503).end('Node-RED is starting');
  let access: AccessToken | undefined;
  const server = createServer((request, response) => {
    if (refuseForeign(request, response) || access?.enter(request, response)) return;
    handle(request, response, () => (access?.allows(request) === false ? explainToken(response) : notFound(response)));
  });
  const port = await listen(server, Number(options.port));
  if (!options['without-token']) access = new AccessToken(tokenOf(userDir), port);
  access?.guardEditorSocket(server);
  refuseForeignSockets(server);
  const url = `http://${HOST}:${port}`;
  sayRunning(userDir, url);

  RED.init(server, {
    userDir,
    flowFile: FLOW_FILE,
    ...(!options.installed && { nodesDir: ROOT }),
    uiHost: HOST,
    uiPort: port,
    httpAdminRoot: '/',
    httpNodeRoot: '/',
    credentialSecret,
    logging: { console: { level: 'off' }, plain: { level: 'warn', handler: () => report } },
    editorTheme: { tours: false, ...(options['light-code-editor'] && { codeEditor: { lib: 'ace' } }) },
    telemetry: { enabled: false, updateNotification: false },
    functionExternalModules: true,
    exportGlobalContextKeys: false,
  } as unknown as Parameters<NodeRedApp['init']>[1]);
  const admin = RED.httpAdmin as unknown as Handler;
  handle = stacked(
    startPage(RED.runtime, examples, userDir),
    admin,
    RED.httpNode,
    (request) => access?.allows(request) !== false,
  );

  stopOnSignal(() => RED.stop(), server);
  const started = flowsRun(RED.events);
  await RED.start();
  const trouble = await started;
  const addressOf = (path: string) => access?.inAddress(url + path) ?? url + path;

  console.log(`
  Start page   ${addressOf(START_PATH)}
  Editor       ${addressOf('/')}

  Node-RED ${versionOf(RED)}, with a simulated contact center for each example: calls begin within seconds.
${trouble === undefined ? '' : `  ${trouble} The editor says more.\n`}  Ctrl-C ends it; your changes stay in ${userDir}
`);
}

/**
 * The handling of requests, as in Node-RED's own command: one Express application, in which nodes that need the raw
 * body can precede the body parsers.
 */
function stacked(
  answersStart: ReturnType<typeof startPage>,
  admin: Handler,
  pages: unknown,
  allowed: (request: IncomingMessage) => boolean,
): Handler {
  const express = createRequire(require.resolve(NODE_RED))('express') as () => Handler & { use(part: unknown): void };
  const app = express();
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const open = allowed(request) || request.url === INSTANCE_PATH;
    if (!open || !answersStart(request, response)) next();
  });
  app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (allowed(request)) admin(request, response, next);
    else next();
  });
  app.use(pages);
  return app;
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
