// The connection to the flow: <this page>/live, with a ticket from <this page>/ticket as the first message. The page reconnects
// automatically after a deploy or a restart; the element #link shows the status. While this connection or the flow's link to the
// CTI Server is down, the data on the page is outdated: a notice shows since when, and the timers stop.
// Received data is inserted as text, never as markup, because callers can influence it.
const here = `${location.pathname.replace(/\/+$/, '')}/`;
const at = (id) => document.getElementById(id);
const clockTime = (ms) =>
  new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Creates an element with attributes (on… for listeners) and children, which are nodes or text. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return node;
}

/** How far the flow's clock is ahead of this computer's. */
let ahead = 0;
/** Since when the data has been outdated; undefined while it is current. */
let staleSince;

/** The time for timers: that of the flow's clock, stopped while the data is outdated. */
function now() {
  return staleSince === undefined ? Date.now() + ahead : staleSince;
}

/** A running flow sends something every two seconds. */
const SILENT_MS = 7000;

/**
 * @param receive called with each message
 * @param opened called when the connection is open, with the function that sends
 * @param turned called when the data becomes outdated (true) or current again (false); in between, buttons have no effect
 */
function live(receive, opened, turned) {
  const url = new URL(`${here}live`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const notice = el('p', { id: 'stale', role: 'alert', hidden: '' });
  document.querySelector('main').before(notice);
  let silence;
  const say = (text) => {
    if (at('link').textContent !== text) at('link').textContent = text;
    at('link').className = text === 'Live' ? 'live' : '';
  };
  const stale = (since, what) => {
    const before = staleSince;
    staleSince ??= since;
    document.body.classList.add('stale');
    const text = `${what}. The data on this page is from ${clockTime(staleSince)}.`;
    if (notice.textContent !== text) notice.textContent = text;
    notice.hidden = false;
    if (before === undefined) turned?.(true);
  };
  const fresh = () => {
    say('Live');
    if (staleSince === undefined) return;
    staleSince = undefined;
    document.body.classList.remove('stale');
    notice.hidden = true;
    turned?.(false);
  };
  const lost = (text) => {
    clearTimeout(silence);
    say(text);
    const since = now();
    stale(since, `No connection to the flow since ${clockTime(since)}`);
    setTimeout(connect, 1000);
  };
  const connect = async () => {
    let ticket;
    try {
      const answer = await fetch(`${here}ticket`, { method: 'POST' });
      if (answer.status === 401 || answer.status === 403) return lost('Not allowed. Reload the page.');
      ({ ticket } = await answer.json());
    } catch {
      return lost('Reconnecting');
    }
    const socket = new WebSocket(url);
    const send = (message) => socket.send(JSON.stringify(message));
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => socket.close(), SILENT_MS);
    };
    socket.onopen = () => {
      send({ ticket });
      heard();
      opened?.(send);
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      heard();
      if (message.reconnect) return socket.close();
      if (!message.link) return receive(message);
      const { online, since, reason, time } = message.link;
      ahead = time - Date.now();
      if (online) return fresh();
      say('CTI Server offline');
      stale(
        since,
        `CTI Server offline since ${clockTime(since)}${reason ? ` (${String(reason).replace(/\.$/, '')})` : ''}`,
      );
    };
    socket.onclose = () => lost('Reconnecting');
  };
  void connect();
}
