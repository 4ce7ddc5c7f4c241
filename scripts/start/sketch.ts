/** A small picture of a flow, drawn from the flow itself: frames, wires and nodes, colored by the page's own style. */
import type { FlowNode } from '../examples/flow-node.js';

const NODE = { width: 120, height: 32 };
/** A link node is a small square, as in the editor. */
const LINK_WIDTH = 32;
const MARGIN = 24;
/**
 * Height to width of its area; only the upper part of a taller flow is shown, because the whole would be too small to
 * read.
 */
const TALLEST = 0.4;

/** @returns an SVG for the page; it repeats the text next to it, so a screen reader skips it */
export function sketch(nodes: readonly FlowNode[]): string {
  const boxes = nodes.filter((node) => node.wires !== undefined && node.type !== 'comment');
  const frames = nodes.filter((node) => node.type === 'group');
  const at = new Map(boxes.map((node) => [node.id, node]));
  const right = Math.max(...frames.map((frame) => frame.x! + Number(frame.w)));
  const bottom = Math.max(...frames.map((frame) => frame.y! + Number(frame.h)));
  const left = Math.min(...frames.map((frame) => frame.x!));
  const top = Math.min(...frames.map((frame) => frame.y!));
  const width = right - left + 2 * MARGIN;
  const view = [left - MARGIN, top - MARGIN, width, Math.min(bottom - top + 2 * MARGIN, width * TALLEST)];
  return [
    `<svg class="sketch" viewBox="${view.join(' ')}" aria-hidden="true" focusable="false">`,
    ...frames.map(
      (frame) => `<rect class="frame" x="${frame.x}" y="${frame.y}" width="${frame.w}" height="${frame.h}" rx="8"/>`,
    ),
    ...boxes.flatMap((from) =>
      from.wires!.flat().flatMap((id) => {
        const to = at.get(id);
        return to === undefined ? [] : [`<path class="wire" d="${wire(from, to)}"/>`];
      }),
    ),
    ...boxes.map((node) => {
      const { type, x, y } = node;
      const wide = widthOf(node);
      return `<rect class="${type.startsWith('ctios-') ? 'ours' : 'core'}" x="${x! - wide / 2}" y="${y! - NODE.height / 2}" width="${wide}" height="${NODE.height}" rx="6"/>`;
    }),
    '</svg>',
  ].join('');
}

function widthOf({ type }: FlowNode): number {
  return type === 'link in' || type === 'link out' ? LINK_WIDTH : NODE.width;
}

/** From the right edge of one to the left edge of the other, bent as the editor bends it. */
function wire(from: FlowNode, to: FlowNode): string {
  const [x1, y1, x2, y2] = [from.x! + widthOf(from) / 2, from.y!, to.x! - widthOf(to) / 2, to.y!];
  const bend = Math.max(40, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
