/**
 * `npm run screenshots`: makes the pictures of the README and the docs from the running product: the start page, each
 * example in the editor and on its page with real (simulated) calls, the sidebar, the dialog of each node.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from './browser.js';
import { DASHBOARDS, EXAMPLES } from './examples/build.js';
import { HOW_TO_INSTALL, linkDashboard } from './examples/dashboard/install.js';
import { together } from './examples/dashboard/together.js';
import { NodeRedProcess } from './node-red-process.js';
import { takeDashboards } from './screenshots/dashboards.js';
import { takeDialogs } from './screenshots/dialogs.js';
import { takeEditor, takeSidebar } from './screenshots/editor.js';
import { IMAGES } from './screenshots/images.js';
import { takePage, takeStartPage } from './screenshots/pages.js';
import { reduceColors } from './screenshots/palette.js';

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
    const dashboards = together(DASHBOARDS.flatMap((make) => make().nodes()));
    await onNodeRed(JSON.stringify(dashboards), (nodeRed) => takeDashboards(browser, nodeRed), linkDashboard);
    await reduceColors(browser, IMAGES);
  } finally {
    await browser.close();
  }
}

/** An example on its own, as after an import. */
function takeExample(browser: Browser, flow: ReturnType<(typeof EXAMPLES)[number]>): Promise<void> {
  return onNodeRed(flow.toString(), async (nodeRed) => {
    await takePage(browser, nodeRed, flow.example);
    const editor = await takeEditor(browser, nodeRed, flow.example);
    if (flow.example.page === 'screen-pop') await takeSidebar(editor);
    await editor.close();
  });
}

/** @param flows the initial flows; default: those of a first start. @param link installs what they need */
async function onNodeRed(
  flows: string | undefined,
  take: (nodeRed: NodeRedProcess) => Promise<void>,
  link: (userDir: string) => boolean = () => true,
): Promise<void> {
  const userDir = mkdtempSync(join(tmpdir(), 'ctios-'));
  if (!link(userDir)) throw new Error(`Dashboard 2.0 is missing: ${HOW_TO_INSTALL}`);
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
