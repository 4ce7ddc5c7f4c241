/**
 * A Node-RED whose editor requires authentication, below its own path: for tests of permissions. Prints its address;
 * ends with its parent's signal. A user's password is the user's name.
 *
 *   node guarded-node-red.js <user directory> <name=permission,permission> …
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeRedApp } from 'node-red';
import { ROOT } from '../../scripts/node-red-process.js';

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

async function main([userDir, ...users]: string[]): Promise<void> {
  const permissions = new Map(users.map((user) => user.split('=') as [string, string]));
  const known = async (username: string): Promise<object | null> =>
    permissions.has(username) ? { username, permissions: permissions.get(username)!.split(',') } : null;
  const RED = require(process.env.NODE_RED ?? 'node-red') as NodeRedApp;
  let admin: Handler = (_, response) => void response.writeHead(503).end();
  const server = createServer((request, response) =>
    admin(request, response, () => void response.writeHead(404).end('Not found')),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { GUARDED_SETTINGS: more } = process.env;
  const { adminAuth, ...further } = more === undefined ? {} : require(more);
  RED.init(server, {
    ...further,
    userDir,
    flowFile: 'flows.json',
    nodesDir: ROOT,
    httpAdminRoot: '/guarded',
    httpNodeRoot: '/nodes',
    credentialSecret: 'test',
    logging: { console: { level: 'off' } },
    editorTheme: { tours: false, codeEditor: { lib: 'ace' } },
    telemetry: { enabled: false, updateNotification: false },
    adminAuth: {
      ...adminAuth,
      type: 'credentials',
      users: known,
      authenticate: async (username: string, password: string) => (password === username ? known(username) : null),
    },
  } as unknown as Parameters<NodeRedApp['init']>[1]);
  const app = RED.httpAdmin as unknown as Handler;
  admin = (request, response, next) => {
    // The response of Node-RED's own server for other paths.
    if (!request.url?.startsWith('/guarded/')) return next();
    request.url = request.url.slice('/guarded'.length);
    app(request, response, next);
  };
  const started = new Promise<void>((flowsRun) => RED.events.once('flows:started', () => flowsRun()));
  await RED.start();
  await started;
  process.on('SIGTERM', () => void RED.stop().finally(() => process.exit(0)));
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/guarded/`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
