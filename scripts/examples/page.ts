/**
 * What the examples with a page have in common: how it is served, and its live connection. A WebSocket is not covered by
 * httpNodeAuth, and a page of another site can open one, too; so a page first asks for a ticket over HTTP.
 */
import { readPage } from '../pages/read.js';
import type { Flow, FlowNode } from './flow.js';
import { AMBER } from './parts.js';

const START = `// The pages that are connected. After a deploy, a page that still is gets told to come again with a new ticket.
globalThis.tickets = new Map();
globalThis.pages = new Set();
node.send([null, { payload: { reconnect: true } }, null]);`;

const PAGES = `// 1  A page asks for a ticket over HTTP, where httpNodeAuth applies. A page of another site gets none.
if (msg.req) {
  const { origin, host, 'x-forwarded-host': outside, 'sec-fetch-site': site } = msg.req.headers;
  const own = (outside || host || '').split(',')[0].trim();
  const foreign = site ? site !== 'same-origin' : origin !== undefined && origin.replace(/^https?:[/][/]/, '') !== own;
  const ticket = foreign ? undefined : crypto.randomBytes(24).toString('base64url');
  if (ticket) tickets.set(ticket, Date.now() + 60000);
  if (tickets.size > 200) tickets.delete(tickets.keys().next().value);
  msg.statusCode = foreign ? 403 : 200;
  msg.headers = { 'cache-control': 'no-store' };
  msg.payload = foreign ? { error: 'This page is not served by ' + own } : { ticket };
  return [msg, null, null];
}
// 2  A WebSocket is closed.
if (msg.status) {
  if (msg.status.event === 'disconnect') pages.delete(msg.status._session.id);
  return null;
}
// 3  The first message on a WebSocket has to be a ticket: valid for a minute, and once. What follows are the page's commands.
if (msg._session) {
  let said;
  try { said = JSON.parse(msg.payload); } catch (error) { return null; }
  if (said === null || typeof said !== 'object') return null;
  const { _session } = msg;
  if (pages.has(_session.id)) return [null, null, { payload: said, _session }];
  const valid = tickets.get(said.ticket) > Date.now();
  tickets.delete(said.ticket);
  if (!valid) return null;
  pages.add(_session.id);
  return [null, null, { payload: { opened: true }, _session }];
}
// 4  What the flow has to show goes to these pages only.
return [null, [...pages].map((id) => ({ payload: msg.payload, _session: { type: 'websocket', id } })), null];`;

export interface PageNodes {
  /** Shows its input's payload on every connected page; its output 2 is what a page says: `{ opened: true }` first. */
  pages: FlowNode;
  /** Shows a payload on the page whose `_session` the message has. */
  toPage: FlowNode;
}

/**
 * Serves a page, as every example with one does.
 * @param path below httpNodeRoot: "screen-pop"
 * @param line of the grid where the group begins
 */
export function page(flow: Flow, path: string, line: number, html: string, says: string): PageNodes {
  const server = flow.config('websocket-listener', '', { path: `/${path}/live` }).id;
  const open = flow.node('http in', 'the page', [0, line + 1], { url: `/${path}` });
  const content = flow.node('template', 'what is seen', [1.2, line + 1], { template: readPage(html) });
  const show = flow.node('http response', 'page', [2.5, line + 1], {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  flow.chain(open, content, show);

  const ask = flow.node('http in', 'a page asks for a ticket', [0, line + 2], {
    url: `/${path}/ticket`,
    method: 'post',
  });
  const hear = flow.node('websocket in', 'a page says', [0, line + 3], { server });
  const closed = flow.node('status', 'a page is closed', [0, line + 4], { scope: [hear.id] });
  const pages = flow.node('function', 'the connected pages', [1.2, line + 3], {
    func: PAGES,
    initialize: START,
    outputs: 3,
    libs: [{ var: 'crypto', module: 'crypto' }],
  });
  const ticket = flow.node('http response', 'ticket', [2.5, line + 2]);
  const toPage = flow.node('websocket out', 'to the page', [2.5, line + 3], { server });
  for (const each of [ask, hear, closed]) flow.wire(each, 0, pages);
  flow.wire(pages, 0, ticket);
  flow.wire(pages, 1, toPage);
  const comment = flow.comment(
    says,
    [0.4, line],
    'A page gets a ticket over HTTP and sends it as the first message of its WebSocket. Without one, a connection hears nothing and can do nothing.',
  );
  flow.group('The page', AMBER, [comment, open, content, show, ask, hear, closed, pages, ticket, toPage]);
  return { pages, toPage };
}
