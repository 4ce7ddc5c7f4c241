/** Pictures of the pages for Dashboard 2.0: the agent page with a call, and the wallboard after two minutes. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { DASHBOARD_CATALOG } from '../examples/dashboard/catalog.js';
import type { NodeRedProcess } from '../node-red-process.js';
import { IMAGES, imagesOf } from './images.js';

const MAX_MS = 60_000;
const SOME_LIFE_MS = 120_000;
/** How long a button shows that it was pressed. */
const A_MOMENT_MS = 3_000;

export async function takeDashboards(browser: Browser, nodeRed: NodeRedProcess): Promise<void> {
  const { wallboard, agentPage } = DASHBOARD_CATALOG;
  const open = async (path: string, height: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width: 1280, height }, deviceScaleFactor: 0.6 });
    page.setDefaultTimeout(MAX_MS);
    await page.goto(nodeRed.at(path));
    return page;
  };
  const take = (page: Page, example: Parameters<typeof imagesOf>[0]) =>
    page.screenshot({ path: join(IMAGES, imagesOf(example).page) });
  const board = await open(wallboard.page, 760);
  const agent = await open(agentPage.page, 580);
  await agent.getByLabel('Agent ID').fill('1001');
  await agent.getByLabel('Extension').fill('2001');
  await agent.getByRole('button', { name: 'Log in' }).click();
  await agent.getByRole('button', { name: 'Ready', exact: true }).click();
  await agent.getByRole('button', { name: 'Answer' }).click();
  await agent.locator('button:enabled', { hasText: 'Hold' }).waitFor();
  await agent.mouse.move(5, 5);
  await agent.waitForTimeout(A_MOMENT_MS);
  await take(agent, agentPage);
  await board.waitForTimeout(SOME_LIFE_MS);
  await take(board, wallboard);
}
