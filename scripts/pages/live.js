// The line to the flow: <this page>/live, with a ticket from <this page>/ticket as its first message. It comes back by itself
// after a deploy or a restart; the element #link says how it is.
// What arrives is put on a page as text, never as markup: what a caller can influence must stay data.
const here = `${location.pathname.replace(/\/+$/, '')}/`;
const at = (id) => document.getElementById(id);

/** An element: its attributes (on… for listeners), then its children, nodes or text. */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return node;
}

/**
 * @param receive called with each message
 * @param opened called when the line stands, with the function that sends
 * @param closed called when it is lost: what is pressed now would reach nobody
 */
function live(receive, opened, closed) {
  const url = new URL(`${here}live`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const say = (text, standing) => {
    at('link').textContent = text;
    at('link').className = standing ? 'live' : '';
  };
  const lost = (text) => {
    say(text, false);
    closed?.();
    setTimeout(connect, 1000);
  };
  const connect = async () => {
    let ticket;
    try {
      const answer = await fetch(`${here}ticket`, { method: 'POST' });
      if (answer.status === 401 || answer.status === 403) return lost('Not allowed: load the page again');
      ({ ticket } = await answer.json());
    } catch {
      return lost('Reconnecting');
    }
    const socket = new WebSocket(url);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => {
      send({ ticket });
      say('Live', true);
      opened?.(send);
    };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.reconnect) socket.close();
      else receive(message);
    };
    socket.onclose = () => lost('Reconnecting');
  };
  void connect();
}
