import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { eventByName, requestByName } from '../../src/ctios/index.js';
import { clientMessages, failureFields, linkFields, serverMessages } from '../../src/ctios/message-schema.js';
import { readClientMessage } from '../../src/server/northbound/transport/client-message.js';
import { readPeerMessage } from '../../src/server/peers/connection/messages.js';
import { peerAsks } from '../../src/server/peers/requests/peer-requests.js';

const SERVER = resolve(__dirname, '../../../src/server');
const page = readFileSync(resolve(__dirname, '../../../docs/reference/ctios-protocol.md'), 'utf8');
const examples = [...page.matchAll(/```json (client|server|dialler|acceptor)\n([\s\S]*?)```/g)].map(
  ([, side, text]) => ({
    side,
    message: JSON.parse(text!) as Record<string, unknown>,
  }),
);

describe('the documentation of the northbound protocol', () => {
  it('shows messages that a server accepts', () => {
    const sent = examples.filter(({ side }) => side === 'client');
    assert.ok(sent.length >= 5);
    for (const { message } of sent) {
      const read = readClientMessage(message);
      assert.notEqual(typeof read, 'string', `${JSON.stringify(message)}: ${String(read)}`);
      if (typeof message.request === 'string') assert.equal(requestByName(message.request)?.name, message.request);
    }
  });

  it('shows every kind of message that a server sends', () => {
    const kinds = new Set(examples.filter(({ side }) => side === 'server').map(({ message }) => message.kind));
    assert.deepEqual([...kinds].sort(), ['closing', 'done', 'event', 'heartbeat', 'link', 'refused', 'welcome']);
  });

  it('lists every code with which the server refuses a request', () => {
    const sources = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
      .filter((file) => /^(objects|northbound)\b.*\.ts$/.test(file))
      .map((file) => resolve(SERVER, file));
    const codes = new Set(
      sources.flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/'((?:E_)?CTIOS_[A-Z_]+)'/g)].map(([, code]) => code!),
      ),
    );
    assert.ok(codes.size > 20);
    // Only in the audit log: the client gets no answer.
    codes.delete('CTIOS_DUPLICATE_REQUEST');
    assert.deepEqual(
      [...codes].filter((code) => !page.includes(`\`${code}\``)),
      [],
    );
  });

  it('shows every kind of message between peers, in a form that they accept', () => {
    const between = examples.filter(({ side }) => side === 'dialler' || side === 'acceptor');
    for (const { message } of between) {
      const read = readPeerMessage(JSON.stringify(message));
      assert.notEqual(typeof read, 'string', `${JSON.stringify(message)}: ${String(read)}`);
    }
    assert.deepEqual([...new Set(between.map(({ message }) => message.kind))].sort(), [
      'alive',
      'answer',
      'ask',
      'challenge',
      'closing',
      'heartbeat',
      'hello',
      'proof',
      'refused',
      'welcome',
    ]);
  });

  it('lists the requests between peers, with every field', () => {
    const listed = [...page.matchAll(/^\| `(\w+)` \| .* \| (.*) \| (.*) \|$/gm)].filter(
      ([, name]) => name! in peerAsks,
    );
    assert.deepEqual(
      listed.map(([, name]) => name),
      Object.keys(peerAsks),
    );
    for (const [, name, body, answer] of listed) {
      const ask = peerAsks[name as keyof typeof peerAsks];
      const fields = (text: string) =>
        [...text.matchAll(/`([A-Z]\w*)`(\?)?/g)].map(([, field, optional]) => `${field}${optional ?? ''}`);
      assert.deepEqual(fields(body!), Object.keys(ask.body), name);
      assert.deepEqual(fields(answer!), Object.keys(ask.answer), name);
    }
  });

  it('lists every key of every message, and whether it is required', () => {
    const listed = new Map<string, string[]>();
    for (const [, kinds, rows] of page.matchAll(/^\| key of (.+?) \| \| \|\n\|[-|]+\|\n((?:\|.*\n)+)/gm)) {
      const keys = [...rows!.matchAll(/^\| `(\w+)` \| (required|optional) \|/gm)].map(
        ([, key, need]) => `${key} ${need}`,
      );
      for (const [, kind] of kinds!.matchAll(/`(\w+)`/g)) listed.set(kind!, keys.sort());
    }
    const inner = { failure: failureFields, link: linkFields };
    const whole = { ...clientMessages, ...serverMessages, link: inner.link, failure: inner.failure };
    for (const [kind, fields] of Object.entries(whole)) {
      const keys = Object.entries(fields).filter(([key]) => key !== 'kind');
      // A heartbeat has an id, `bye` has nothing; the text describes this.
      if (kind === 'heartbeat' || kind === 'bye') continue;
      const expected = keys.map(([key, { optional }]) => `${key} ${optional ? 'optional' : 'required'}`);
      assert.deepEqual(listed.get(kind), expected.sort(), kind);
    }
  });

  it('names only existing events', () => {
    for (const [name] of page.matchAll(/\bOn[A-Z]\w+/g)) assert.ok(eventByName(name), name);
  });
});
