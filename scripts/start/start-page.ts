/**
 * The start page of `npm start`, at /start on the same server as the editor: every example with its state and a link to
 * it. Its links are relative, so it also works behind a proxy with a path prefix.
 *
 *   GET  /start       the page
 *   GET  /start/live  server-sent events: the state of each example, now and after each deploy
 *   GET  /start/instance  the id of this process
 *   POST /start/run   { "label": "8 events …" }: adds that example, or enables its tab
 */
import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FlowNode } from '../examples/flow-node.js';
import { type ExampleFlow, type Presence, presenceOf, withRunning } from './examples.js';
import { INSTANCE_PATH } from './only-one.js';
import { renderStartPage } from './render.js';

export const START_PATH = '/start';

/** What the page needs from Node-RED: notification of deploys, and the functions behind its admin API. */
export interface Runtime {
  events: EventEmitter;
  flows: {
    getFlows(options: object): Promise<{ flows: FlowNode[]; rev: string }>;
    setFlows(options: { flows: { flows: FlowNode[]; rev: string }; deploymentType: 'nodes' }): Promise<unknown>;
  };
}

/** Maximum size of a request: it contains a label only. */
const MAX_BODY = 1_000;
/** Another deploy may come between reading and writing the flows; more often than this is not a coincidence. */
const ATTEMPTS = 3;

/** @returns a handler of requests below START_PATH that returns whether it handled one */
export function startPage(
  runtime: Runtime,
  examples: readonly ExampleFlow[],
  userDir: string,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const html = renderStartPage(examples, userDir);
  const watchers = new Set<ServerResponse>();
  const states = async (): Promise<Record<string, Presence>> => {
    const { flows } = await runtime.flows.getFlows({});
    return Object.fromEntries(examples.map((flow) => [flow.label, presenceOf(flow, flows)]));
  };
  const tell = async (...to: ServerResponse[]): Promise<void> => {
    if (to.length === 0) return;
    const line = `data: ${JSON.stringify(await states())}\n\n`;
    for (const watcher of to) watcher.write(line);
  };
  runtime.events.on('flows:started', () => void tell(...watchers).catch(() => undefined));

  async function run(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page of another site can send a form, but not JSON: the browser would send a preflight request first, which is
    // refused.
    if (!request.headers['content-type']?.startsWith('application/json')) return end(response, 415, 'JSON is wanted');
    const label = await labelIn(request);
    const flow = examples.find((each) => each.label === label);
    if (flow === undefined) return end(response, 404, 'There is no such example');
    for (let attempt = 1; ; attempt++) {
      const { flows, rev } = await runtime.flows.getFlows({});
      try {
        await runtime.flows.setFlows({ flows: { flows: withRunning(flow, flows), rev }, deploymentType: 'nodes' });
        return end(response, 204, '');
      } catch (error) {
        if ((error as { code?: string }).code !== 'version_mismatch' || attempt === ATTEMPTS) throw error;
      }
    }
  }

  function watch(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    watchers.add(response);
    response.once('close', () => watchers.delete(response));
    void tell(response).catch(() => response.destroy());
  }

  return (request, response) => {
    const path = request.url?.split('?')[0];
    const asked = `${request.method} ${path}`;
    if (asked === `GET ${START_PATH}`)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(html);
    else if (asked === `GET ${START_PATH}/`) response.writeHead(308, { location: `..${START_PATH}` }).end();
    else if (asked === `GET ${START_PATH}/live`) watch(response);
    else if (asked === `GET ${INSTANCE_PATH}`) end(response, 200, String(process.pid));
    else if (asked === `POST ${START_PATH}/run`)
      run(request, response).catch((error: unknown) => end(response, 500, (error as Error).message));
    else return false;
    return true;
  };
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/** @returns what the body calls `label`; undefined if it is not such a body */
async function labelIn(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY) return undefined;
  }
  try {
    return (JSON.parse(body) as { label?: unknown } | null)?.label;
  } catch {
    return undefined;
  }
}
