/**
 * Stand-ins for CRMs. A flow cannot know under which address, password and certificate its own Node-RED answers, so they
 * have an HTTP server of their own, on loopback and a free port.
 */
import type { Flow, FlowNode, Place } from './flow.js';

export interface MockServer {
  /** Passes messages on through output 1, with the addresses added. */
  addresses: FlowNode;
  /** Answers a request: `msg.statusCode`, `msg.payload`, `msg.headers`. */
  answer: FlowNode;
}

/**
 * @param addresses property of the message → the tab's setting for it, and the path at the mock that takes its place
 * @param routes beginnings of paths; the requests of each leave by an output of their own, from the second on
 */
export function mockServer(
  flow: Flow,
  name: string,
  at: Place,
  answerAt: Place,
  addresses: Readonly<Record<string, readonly [setting: string, path: string]>>,
  routes: readonly string[],
): MockServer {
  const pairs = Object.entries(addresses);
  const set = pairs
    .map(([property, [setting, path]]) =>
      path === ''
        ? `msg.${property} = env.get('${setting}') || mock;`
        : `msg.${property} = env.get('${setting}') || mock + '${path}';`,
    )
    .join('\n');
  const unset = pairs.map(([, [setting]]) => `env.get('${setting}')`).join(' && ');
  const initialize = `// ${pairs.map(([, [setting]]) => setting).join(', ')}: the addresses of real receivers, in this tab's properties. What is not set there goes to a mock:
// an HTTP server of its own, which only this computer can reach. Its requests leave by the outputs from the second on.
globalThis.mock = '';
if (${unset}) return;
const routes = ${JSON.stringify(routes)};
globalThis.server = http.createServer((req, res) => {
  const chunks = [];
  req.on('error', () => {});
  res.on('error', () => {});
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    const route = routes.findIndex((path) => req.url.startsWith(path));
    if (route < 0) return res.writeHead(404).end();
    const outputs = Array(${routes.length + 1}).fill(null);
    outputs[route + 1] = { req, res, payload: Buffer.concat(chunks) };
    node.send(outputs);
  });
});
// On the port that it had before a deploy, if that is free, so that what is under way arrives.
const before = await new Promise((known) => flow.get('mock', (error, value) => known(value)));
const listen = (port) => new Promise((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
await listen(before ? new URL(before).port : 0).catch(() => listen(0));
mock = 'http://127.0.0.1:' + server.address().port;
flow.set('mock', mock, (error) => error && node.warn(error));`;
  const node = flow.node('function', name, at, {
    initialize,
    func: `${set}\nreturn [msg${', null'.repeat(routes.length)}];`,
    finalize: `if (globalThis.server) {\n  server.close();\n  server.closeAllConnections();\n}`,
    outputs: routes.length + 1,
    libs: [{ var: 'http', module: 'http' }],
  });
  const answer = flow.node('function', 'answer', answerAt, { func: ANSWER, outputs: 0 });
  return { addresses: node, answer };
}

const ANSWER = `msg.res.writeHead(msg.statusCode || 200, { 'content-type': 'application/json', ...msg.headers });
msg.res.end(JSON.stringify(msg.payload));`;
