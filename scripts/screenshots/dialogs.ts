/** Pictures of the nodes' dialogs, each with what an example has filled in. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { FlowNode, NodeRedProcess } from '../node-red-process.js';
import { openEditor } from './editor.js';
import { IMAGES, imageOfNode } from './images.js';

const HIGH_ENOUGH = { width: 1600, height: 1060 };
/** The editor slides a dialog in, without an event when it is in place. */
const SLIDE_IN_MS = 600;

export async function takeDialogs(browser: Browser, nodeRed: NodeRedProcess): Promise<void> {
  const page = await openEditor(browser, nodeRed, HIGH_ENOUGH);
  for (const node of showpieces(await nodeRed.json<FlowNode[]>('flows'))) {
    const open =
      node.z === undefined
        ? `RED.editor.editConfig('', '${node.type}', '${node.id}')`
        : `RED.editor.edit(RED.nodes.node('${node.id}'))`;
    await page.evaluate(open);
    const tray = page.locator('.red-ui-tray').last();
    await tray.locator('.red-ui-tray-footer').waitFor();
    await page.waitForTimeout(SLIDE_IN_MS);
    await tray.screenshot({ path: join(IMAGES, imageOfNode(node.type)) });
    await page.evaluate("document.querySelector('#node-config-dialog-cancel, #node-dialog-cancel').click()");
    await tray.waitFor({ state: 'detached' });
  }
  await page.close();
}

/** For each type of node of this pack, the node with the most settings. */
function showpieces(flows: readonly FlowNode[]): FlowNode[] {
  const best = new Map<string, FlowNode>();
  const size = (node: FlowNode) => JSON.stringify({ ...node, wires: [] }).length;
  for (const node of flows.filter((each) => each.type.startsWith('ctios-'))) {
    const known = best.get(node.type);
    if (known === undefined || size(node) > size(known)) best.set(node.type, node);
  }
  return [...best.values()];
}
