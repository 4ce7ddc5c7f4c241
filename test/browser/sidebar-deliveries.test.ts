/** Deliveries in the sidebar of a real editor: their states, and the actions of a user. */
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { axeViolations } from './axe.js';
import { openBrowser, showSidebar } from './browser.js';

describe('the deliveries in the sidebar', function () {
  this.timeout(90_000);
  let browser: Browser;
  let nodeRed: NodeRedProcess;
  let receiver: Server;
  let editor: Page;
  /** The receiver's response for each path. */
  const answers: Record<string, number> = { '/wrong': 400, '/busy': 503 };
  const problems: string[] = [];

  before(async function () {
    browser = await openBrowser(this);
    receiver = createServer((request, response) => {
      request.resume();
      response.writeHead(answers[request.url!]!).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    const inject = (id: string, path: string) => ({
      id,
      z: 't1',
      type: 'inject',
      once: true,
      onceDelay: 0.1,
      props: [
        { p: 'payload', v: '{}', vt: 'json' },
        { p: 'key', v: `key of ${path}`, vt: 'str' },
        { p: 'url', v: `http://127.0.0.1:${port}/${path}`, vt: 'str' },
      ],
      wires: [['w1']],
    });
    const webhook = { id: 'w1', z: 't1', type: 'ctios-webhook', name: 'to the CRM', url: 'url', urlType: 'msg' };
    const flow = [
      { id: 't1', type: 'tab', label: 'deliveries' },
      { id: 's1', type: 'ctios-session', name: 'Lab', connect: 'simulator', traffic: 'off', agents: 2 },
      { id: 'e1', z: 't1', type: 'ctios-call-events', session: 's1', wires: [[]] },
      { ...webhook, key: 'key', keyType: 'msg', firstDelay: 600, maxDelay: 900, wires: [[], []] },
      inject('i1', 'wrong'),
      inject('i2', 'busy'),
    ];
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
    nodeRed = await NodeRedProcess.start({ userDir });
    editor = await browser.newPage({ viewport: { width: 1400, height: 1000 }, locale: 'en-US' });
    editor.on('pageerror', (error) => problems.push(error.message));
    await editor.goto(nodeRed.url);
    await editor.waitForSelector('#red-ui-palette .red-ui-palette-node[data-palette-type="ctios-webhook"]');
    await showSidebar(editor);
    await editor.click('.ctios-sb-deliveries summary');
  });
  after(async () => {
    await browser?.close();
    await nodeRed?.stop();
    receiver?.closeAllConnections();
    receiver?.close();
  });

  const entry = (path: string) => `.ctios-sb-deliveries li:has-text("key of ${path}")`;

  it('show the number of waiting and failed ones, with the last error', async () => {
    await editor.waitForSelector(`${entry('wrong')}:has-text("given up"):has-text("400")`);
    await editor.waitForSelector(`${entry('busy')}:has-text("waiting"):has-text("503")`);
    await editor.waitForSelector('.ctios-sb-deliveries summary:has-text("1 waiting, 1 given up")');
    assert.match(await editor.innerText('.ctios-sb-deliveries section'), /to the CRM[\s\S]*Last error/);
  });

  it('have no accessibility violations', async () => {
    assert.deepEqual(await axeViolations(editor, { within: '.ctios-sidebar' }), []);
  });

  it('can be resent and discarded', async () => {
    answers['/wrong'] = 200;
    await editor.click(`${entry('wrong')} button:has-text("send again")`);
    await editor.waitForSelector('.ctios-sb-deliveries summary:has-text("1 waiting, 0 given up")');
    await editor.click(`${entry('busy')} button:has-text("discard")`);
    await editor.waitForSelector(`${entry('busy')}:has-text("given up")`);
    await editor.waitForSelector('.ctios-sb-deliveries summary:has-text("0 waiting, 1 given up")');
    assert.deepEqual(problems, []);
  });
});
