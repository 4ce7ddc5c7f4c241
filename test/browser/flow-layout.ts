/**
 * Checks flows as drawn by the editor: no wire crosses a node or a group that it does not belong to, and nodes do not
 * overlap.
 */
import type { Editor } from './editor.js';

export interface Found {
  wires: number;
  /** Descriptions of what overlaps. */
  crossings: string[];
}

/**
 * Runs in the page. Each wire is followed point by point; it may only cross its own ends, and their groups. Nodes must
 * not touch each other either.
 */
const LOOK = `(() => {
  const RANGE = 2;
  const boxOf = (node) => ({ left: node.x - node.w / 2, right: node.x + node.w / 2, top: node.y - node.h / 2, bottom: node.y + node.h / 2 });
  const groupBox = (group) => ({ left: group.x, right: group.x + group.w, top: group.y, bottom: group.y + group.h });
  const within = (box, x, y, by) => x > box.left + by && x < box.right - by && y > box.top + by && y < box.bottom - by;
  const nameOf = (node) => node.name || node.type;
  const z = RED.workspaces.active();
  const nodes = RED.nodes.filterNodes({ z });
  const groups = RED.nodes.groups(z);
  const crossings = [];
  let wires = 0;
  for (const path of document.querySelectorAll('.red-ui-flow-link-line')) {
    const link = path.parentNode.__data__;
    if (link === undefined || link.link) continue;
    wires++;
    const { source, target } = link;
    const [from, to] = [{ x: source.x + source.w / 2, y: source.y }, { x: target.x - target.w / 2, y: target.y }];
    const own = [source.g, target.g];
    const hit = new Set();
    const length = path.getTotalLength();
    for (let at = 0; at <= length; at += 4) {
      const { x, y } = path.getPointAtLength(at);
      for (const node of nodes) if (node !== source && node !== target && within(boxOf(node), x, y, RANGE)) hit.add('node ' + nameOf(node));
      for (const group of groups) if (!own.includes(group.id) && within(groupBox(group), x, y, RANGE)) hit.add('group ' + group.name);
    }
    for (const what of hit) crossings.push(nameOf(source) + ' -> ' + nameOf(target) + ' over ' + what);
  }
  for (const [index, one] of nodes.entries())
    for (const other of nodes.slice(index + 1)) {
      const [a, b] = [boxOf(one), boxOf(other)];
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) crossings.push(nameOf(one) + ' lies upon ' + nameOf(other));
    }
  for (const group of groups)
    for (const node of nodes) {
      const [a, b] = [boxOf(node), groupBox(group)];
      const inside = a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
      if (node.g === group.id && !inside) crossings.push(nameOf(node) + ' sticks out of ' + group.name);
      if (node.g !== group.id && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) crossings.push(nameOf(node) + ' lies upon ' + group.name);
    }
  return { wires, crossings };
})()`;

/** Checks the tab shown by an editor, after its nodes are drawn. */
export async function lookAt({ page }: Pick<Editor, 'page'>, tab: string): Promise<Found> {
  await page.evaluate(`RED.workspaces.show('${tab}')`);
  // Statuses appear below the nodes without moving anything; widths are known when the names are drawn.
  await page.waitForFunction(
    `RED.nodes.filterNodes({ z: RED.workspaces.active() }).every((node) => node.w > 0 && document.getElementById(node.id))`,
  );
  return page.evaluate(LOOK) as Promise<Found>;
}
