/** What the page of every example keeps to (`scripts/examples/page.ts`). */
import { strict as assert } from 'node:assert';
import type { FlowTest, TestWebSocket } from '../../src/testing/index.js';

interface Told {
  link?: { online: boolean; reason?: string };
}

/**
 * A page that has closed is sent nothing more, a ticket is not cached, and the others hear why there is no session.
 * @param path of the page, below httpNodeRoot
 * @param socket of a page that is connected
 */
export async function keepsPageRules(test: FlowTest, path: string, socket: TestWebSocket): Promise<void> {
  const second = await test.webSocket(`/${path}/live`);
  const { headers, body } = await test.fetch(`/${path}/ticket`, { method: 'POST' });
  assert.equal(headers['cache-control'], 'no-store');
  await second.send(body as object);
  await test.advance('5 s');
  const told = async (reason: string): Promise<number> => {
    const before = test.entries.length;
    await test.send('no session', { error: { message: reason } });
    return test.entries.slice(before).filter(({ node, what }) => what === 'message' && node?.name === 'to the page')
      .length;
  };
  assert.equal(await told('two pages'), 2);
  await second.close();
  assert.equal(await told('one page'), 1, 'only for the page that is left');
  const { link } = (socket.received as Told[]).findLast((each) => each.link !== undefined)!;
  assert.deepEqual([link?.online, link?.reason], [false, 'one page']);
}
