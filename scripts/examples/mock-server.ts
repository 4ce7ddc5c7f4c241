/**
 * Servers of the stand-ins for CRMs. A flow cannot know the address, password and certificate of its own Node-RED, so each
 * stand-in has its own HTTP server on loopback, on a free port.
 */
import type { Flow, FlowNode, Place } from './flow.js';

export interface MockServer {
  /** Passes messages on through output 1, with the addresses added. */
  addresses: FlowNode;
  /** Responds to a request with `msg.statusCode`, `msg.payload` and `msg.headers`, after `msg.late` milliseconds, or not at all (`msg.lost`). */
  answer: FlowNode;
}

/**
 * @param addresses property of the message → the tab's setting for it, and the path at the mock that is used instead
 * @param routes path prefixes; the requests for each have their own output, from the second one on
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
  const initialize = `// ${pairs.map(([, [setting]]) => setting).join(', ')}: addresses of real receivers, in this tab's properties. If one is not set, a mock is used:
// a separate HTTP server that only this computer can reach. Its requests go to the second and later outputs.
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
// Use the same port as before the deploy, if it is free, so that pending deliveries arrive.
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
  const answer = flow.node('function', 'respond', answerAt, { func: ANSWER, outputs: 0 });
  return { addresses: node, answer };
}

const ANSWER = `const write = () => {
  // The data has been written, but the response is lost: the delivery arrives again.
  if (msg.lost) return msg.req.socket.destroy();
  msg.res.writeHead(msg.statusCode || 200, { 'content-type': 'application/json', ...msg.headers });
  msg.res.end(JSON.stringify(msg.payload));
};
if (msg.late) setTimeout(write, msg.late);
else write();`;
