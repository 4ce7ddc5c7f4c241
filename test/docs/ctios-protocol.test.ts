import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { eventByName, requestByName } from '../../src/ctios/index.js';
import { readClientMessage } from '../../src/server/northbound/client-message.js';

const page = readFileSync(resolve(__dirname, '../../../docs/ctios-protocol.md'), 'utf8');
const examples = [...page.matchAll(/```json (client|server)\n([\s\S]*?)```/g)].map(([, side, text]) => ({
  side,
  message: JSON.parse(text!) as Record<string, unknown>,
}));

describe('the page on the northbound protocol', () => {
  it('shows messages that a server takes', () => {
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
    assert.deepEqual([...kinds].sort(), ['closing', 'done', 'event', 'heartbeat', 'refused', 'welcome']);
  });

  it('names only events that exist', () => {
    for (const [name] of page.matchAll(/\bOn[A-Z]\w+/g)) assert.ok(eventByName(name), name);
  });
});
