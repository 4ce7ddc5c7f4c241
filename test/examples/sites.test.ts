/** The unmodified examples with the settings of real installations, and the protection of their pages' connections. */
import { strict as assert } from 'node:assert';
import { lineOf, ticketFor } from '../../scripts/page-line.js';
import { NodeRedSite, type Site } from '../support/node-red-site.js';
import { debugShows, flowsOf, HEARD, labels, type Message } from './promises.js';

const SITES: Readonly<Record<string, Site>> = {
  'a root of its own, another address and port, a password, and a context store that answers later': {
    root: '/x/y/',
    host: '127.0.0.2',
    user: 'desk',
    asynchronousContext: true,
  },
  'https with a self-signed certificate, on IPv6': { root: '/endpoint', host: '::1', https: true },
};

for (const [name, site] of Object.entries(SITES))
  describe(`the examples, with ${name}`, function () {
    this.timeout(60_000);
    let nodeRed: NodeRedSite;
    const promised = new Map<string, Promise<unknown>>();

    before(async () => {
      nodeRed = await NodeRedSite.start(site, labels.flatMap(flowsOf));
      for (const label of labels) {
        const page = HEARD[label];
        const heard = page && nodeRed.heard<Message>(page.path, (message) => page.wanted(message, 0), page);
        promised.set(label, Promise.all([debugShows(nodeRed, label), heard]));
      }
    });
    after(() => nodeRed?.stop());

    for (const label of labels) it(`${label} works as described`, async () => void (await promised.get(label)));

    describe('afterwards', () => {
      it('none of them has reported an error', () =>
        assert.doesNotMatch(nodeRed.log, /\[error\]|\[warn\] \[(ctios|function)/));

      for (const { path, greeting } of Object.values(HEARD)) connections(path, greeting, () => nodeRed);
    });
  });

/** The messages on a page's connection. @param greeting the message with which a page requests data */
function connections(path: string, greeting: object | undefined, nodeRed: () => NodeRedSite): void {
  describe(`/${path}`, () => {
    const page = () => nodeRed().at(path);
    const headers = () => nodeRed().headers;
    /** Resolves with the first message of a page with a ticket: earlier messages have been answered by then. */
    const told = () => nodeRed().heard<object>(path, () => true, greeting ? { greeting } : {});

    it('requires the password of the pages, also for a ticket', async () => {
      if (Object.keys(headers()).length > 0) assert.equal(await ticketFor(page()), 401);
      else assert.equal(typeof (await ticketFor(page())), 'string');
    });

    it('gives no ticket to a page of another site', async () => {
      const foreign = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site', origin: new URL(page()).origin },
      ];
      for (const each of foreign) assert.equal(await ticketFor(page(), { ...headers(), ...each } as never), 403);
      const own = { ...headers(), origin: new URL(page()).origin };
      assert.equal(typeof (await ticketFor(page(), own)), 'string');
      const proxied = { ...headers(), origin: 'https://phones.example', 'x-forwarded-host': 'phones.example' };
      assert.equal(typeof (await ticketFor(page(), proxied)), 'string');
    });

    it('rejects the ticket of another page', async () => {
      const other = Object.values(HEARD).find((each) => each.path !== path)!.path;
      const ticket = String(await ticketFor(nodeRed().at(other), headers()));
      const line = lineOf(page(), ticket);
      const heard: string[] = [];
      line.on('message', (data) => heard.push(String(data)));
      await new Promise((open) => line.once('open', open));
      await pong(line);
      await told();
      assert.deepEqual(heard, []);
      line.terminate();
    });

    it('sends nothing to a connection without a valid ticket', async () => {
      const used = String(await ticketFor(page(), headers()));
      const first = lineOf(page(), used);
      first.on('open', () => greeting && first.send(JSON.stringify(greeting)));
      await new Promise((open) => first.once('message', open));
      const heard: string[] = [];
      const strangers = [undefined, used, 'x', ''].map((ticket) => lineOf(page(), ticket));
      for (const each of strangers) each.on('message', (data) => heard.push(String(data)));
      await Promise.all(strangers.map((each) => new Promise((open) => each.once('open', open))));
      for (const text of [
        '{',
        'null',
        '[]',
        '{"ticket":{}}',
        '{"press":"Log out"}',
        '{"opened":true}',
        '{"forge":true}',
      ])
        for (const each of strangers) each.send(text);
      for (const each of strangers) await pong(each);
      await told();
      assert.deepEqual(heard, []);
      for (const each of [...strangers, first]) each.terminate();
    });
  });
}

/** Resolves when the other end has read everything sent before. */
function pong(socket: ReturnType<typeof lineOf>): Promise<void> {
  return new Promise((read) => {
    socket.once('pong', () => read());
    socket.ping();
  });
}
