/**
 * The parts shared by the examples with a page: serving the page, and its live connection. httpNodeAuth does not apply to
 * WebSockets, and pages of other sites can open them, too; therefore a page first requests a ticket over HTTP. Every two
 * seconds, each page receives the status of the session. It marks its data as outdated if the link is down, or if
 * the flow has stopped sending because its tab was disabled.
 */
import { readPage } from '../pages/read.js';
import type { Flow, FlowNode } from './flow.js';
import { AMBER } from './parts.js';

const START = `// The connected pages. After a deploy, pages that are still connected are told to reconnect with a new ticket.
globalThis.tickets = new Map();
globalThis.pages = new Set();
// The status of the session, and since when.
globalThis.begun = Date.now();
globalThis.link = await new Promise((kept) => flow.get('link', (error, value) => kept(value)));
node.send([null, { payload: { reconnect: true } }, null]);`;

const PAGES = `// 1  A page requests a ticket over HTTP, where httpNodeAuth applies. Pages of other sites get none.
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
// 2  A WebSocket has closed.
if (msg.status) {
  if (msg.status.event === 'disconnect') pages.delete(msg.status._session.id);
  return null;
}
// 3  The first message on a WebSocket must be a ticket, which is valid once and for a minute. The messages after it are the page's commands.
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
  return [null, link ? { payload: { link: { ...link, time: Date.now() } }, _session } : null, { payload: { opened: true }, _session }];
}
// 4  The status of the session, every two seconds. Pages that receive nothing for longer mark their data as outdated.
if (msg.topic === 'status' || msg.error) {
  // A session that has just started is not offline but still connecting.
  const { Online, Reason } = msg.error ? { Online: false, Reason: msg.error.message } : msg.payload;
  if (!Online && Date.now() - begun < 5000) return null;
  const since = link && link.online === Online ? link.since : Date.now();
  if (!link || link.since !== since) flow.set('link', { online: Online, since }, (error) => error && node.warn('Not kept: ' + error.message));
  globalThis.link = { online: Online, since, reason: Online ? undefined : Reason };
  msg = { payload: { link: { ...link, time: Date.now() } } };
}
// 5  Data from the flow goes to the connected pages only.
return [null, [...pages].map((id) => ({ payload: msg.payload, _session: { type: 'websocket', id } })), null];`;

export interface PageNodes {
  /** Sends its input's payload to every connected page. Output 3 has the messages of pages, beginning with `{ opened: true }`. */
  pages: FlowNode;
  /** Sends a payload to the page whose `_session` the message has. */
  toPage: FlowNode;
}

/**
 * Serves a page.
 * @param path below httpNodeRoot: "screen-pop"
 * @param line of the grid where the group begins
 */
export function page(flow: Flow, path: string, line: number, html: string, says: string): PageNodes {
  const session = flow.sessionId;
  const server = flow.config('websocket-listener', '', { path: `/${path}/live` }).id;
  const open = flow.node('http in', 'the page', [0, line + 1], { url: `/${path}` });
  const content = flow.node('template', 'page content', [1.7, line + 1], { template: readPage(html) });
  const show = flow.node('http response', 'page', [2.9, line + 1], {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
  flow.chain(open, content, show);

  const ask = flow.node('http in', 'ticket request', [0, line + 2], {
    url: `/${path}/ticket`,
    method: 'post',
  });
  const hear = flow.node('websocket in', 'from the page', [0, line + 3], { server });
  const closed = flow.node('status', 'page closed', [0, line + 4], { scope: [hear.id] });
  const pages = flow.node('function', 'the connected pages', [1.7, line + 3], {
    func: PAGES,
    initialize: START,
    outputs: 3,
    libs: [{ var: 'crypto', module: 'crypto' }],
  });
  const ticket = flow.node('http response', 'ticket', [2.9, line + 2]);
  const toPage = flow.node('websocket out', 'to the page', [2.9, line + 3], { server });
  for (const each of [ask, hear, closed]) flow.wire(each, 0, pages);
  flow.wire(pages, 0, ticket);
  flow.wire(pages, 1, toPage);
  const tick = flow.node('inject', 'every two seconds', [0, line + 5], {
    props: [],
    repeat: '2',
    once: true,
    onceDelay: '0.5',
  });
  const state = flow.node('ctios-query', 'is the link up?', [0.95, line + 5], { session, query: 'status' });
  const none = flow.node('catch', 'no session', [0, line + 6], { scope: [state.id] });
  flow.chain(tick, state, pages);
  flow.chain(none, pages);
  const comment = flow.comment(
    says,
    [0.4, line],
    'A page gets a ticket over HTTP and sends it as the first message on its WebSocket. Without a ticket, a connection receives nothing and can do nothing.',
  );
  flow.group('The page', AMBER, [
    ...[comment, open, content, show, ask, hear, closed, pages, ticket, toPage, tick, state, none],
  ]);
  return { pages, toPage };
}
