/**
 * `npm run screenshots`: makes the pictures of the README and the docs from the running product: the start page, each
 * example in the editor and on its page with real (simulated) calls, the sidebar, the dialog of each node.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './browser.js';
import { EXAMPLES } from './examples/build.js';
import { NodeRedProcess } from './node-red-process.js';
import { takeDialogs } from './screenshots/dialogs.js';
import { takeEditor, takeSidebar } from './screenshots/editor.js';
import { IMAGES } from './screenshots/images.js';
import { takePage, takeStartPage } from './screenshots/pages.js';

async function main(): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('no Chromium found: set CHROMIUM to the path of one');
  mkdirSync(join(IMAGES, 'nodes'), { recursive: true });
  const browser = await chromium.launch({ executablePath });
  try {
    await onNodeRed(undefined, async (nodeRed) => {
      await takeStartPage(browser, nodeRed);
      await takeDialogs(browser, nodeRed);
    });
    for (const make of EXAMPLES) await takeExample(browser, make());
  } finally {
    await browser.close();
  }
}

/** An example alone, as it is after an import. */
function takeExample(browser: Browser, flow: ReturnType<(typeof EXAMPLES)[number]>): Promise<void> {
  return onNodeRed(flow.toString(), async (nodeRed) => {
    await takePage(browser, nodeRed, flow.example);
    const editor = await takeEditor(browser, nodeRed, flow.example);
    if (flow.example.page === 'screen-pop') await takeSidebar(editor);
    await editor.close();
  });
}

/** @param flows what it begins with; without it, what a first start begins with */
async function onNodeRed(flows: string | undefined, take: (nodeRed: NodeRedProcess) => Promise<void>): Promise<void> {
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-'));
  if (flows !== undefined) writeFileSync(join(userDir, 'flows.json'), flows);
  const nodeRed = await NodeRedProcess.start({ userDir });
  try {
    await take(nodeRed);
  } finally {
    await nodeRed.stop();
    rmSync(userDir, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
