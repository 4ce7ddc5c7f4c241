/**
 * Keeps wires off nodes and groups: a wire that leaves its group, or would run over a node, becomes a pair of link
 * nodes beside its ends. Uses the editor's own measures, except those that depend on its fonts; a test checks the
 * result in a real editor.
 */
import type { FlowNode } from './flow-node.js';
import { DEJAVU, FONTS, type Font, widthOfText } from './font-widths.js';

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
interface Point {
  x: number;
  y: number;
}
interface Wire {
  from: FlowNode;
  output: number;
  to: FlowNode;
}

const LINK = 30;
/** Distance between a link node and anything else. */
const ROOM = 6;
const PORTS = 13;

const isLink = ({ type }: FlowNode): boolean => type === 'link in' || type === 'link out';

/** As the editor calculates it from the name. */
function widthOf(node: FlowNode, font: Font): number {
  if (isLink(node)) return LINK;
  return Math.max(100, 20 * Math.ceil((widthOfText(String(node.name || node.type), font) + 57) / 20));
}

/** Where a node is with the widest font. */
function boxOf(node: FlowNode, room = 0): Box {
  const width = widthOf(node, DEJAVU) / 2 + room;
  const height = Math.max(30, (node.wires?.length ?? 1) * 15) / 2 + room;
  return { left: node.x! - width, right: node.x! + width, top: node.y! - height, bottom: node.y! + height };
}

const apart = (a: Box, b: Box): boolean =>
  a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
const holds = ({ left, right, top, bottom }: Box, { x, y }: Point): boolean =>
  x > left && x < right && y > top && y < bottom;

export function groupBox(members: readonly FlowNode[]): Box {
  const boxes = members.map((node) =>
    isLink(node)
      ? boxOf(node, 15)
      : { left: node.x! - 150, right: node.x! + 130, top: node.y! - 55, bottom: node.y! + 30 },
  );
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    top: Math.min(...boxes.map((box) => box.top)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

function portOf(node: FlowNode, output: number, font: Font): Point {
  const count = Math.max(1, node.wires?.length ?? 1);
  return { x: node.x! + widthOf(node, font) / 2, y: node.y! + (output - (count - 1) / 2) * PORTS };
}

const inputOf = (node: FlowNode, font: Font): Point => ({ x: node.x! - widthOf(node, font) / 2, y: node.y! });

/** Points along a wire: the curve of the editor, and for one that leads back the detour that it takes. */
function along(from: Point, to: Point): Point[] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const middle = dy === 0 ? to.y + LINK : (from.y + to.y) / 2;
  const corners =
    dx > 0
      ? undefined
      : [
          from,
          { x: from.x + 35, y: from.y },
          { x: from.x + 35, y: middle },
          { x: to.x - 35, y: middle },
          { x: to.x - 35, y: to.y },
          to,
        ];
  if (corners !== undefined)
    return corners.slice(1).flatMap((corner, index) => steps((t) => between(corners[index]!, corner, t)));
  const length = Math.hypot(dx, dy);
  const reach = 100 * (length < 100 ? 0.75 - 0.75 * ((100 - length) / 100) : 0.75);
  const [c1, c2] = [
    { x: from.x + reach, y: from.y },
    { x: to.x - reach, y: to.y },
  ];
  return steps((t) =>
    between(
      between(between(from, c1, t), between(c1, c2, t), t),
      between(between(c1, c2, t), between(c2, to, t), t),
      t,
    ),
  );
}

const between = (a: Point, b: Point, t: number): Point => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
const steps = (at: (t: number) => Point): Point[] => Array.from({ length: 41 }, (_, index) => at(index / 40));

/** @param link makes a link node that belongs to the group of `beside` */
export function untangle(
  nodes: readonly FlowNode[],
  link: (type: string, name: string, beside: FlowNode, place: Point) => FlowNode,
): FlowNode[] {
  const drawn = nodes.filter((node) => node.x !== undefined && node.type !== 'group');
  const byId = new Map(drawn.map((node) => [node.id, node]));
  const added: FlowNode[] = [];
  const all = (): FlowNode[] => [...drawn, ...added];
  const wires = drawn.flatMap((from) =>
    (from.wires ?? []).flatMap((targets, output) =>
      targets.flatMap((id): Wire[] => (byId.has(id) ? [{ from, output, to: byId.get(id)! }] : [])),
    ),
  );
  const pathOf = ({ from, output, to }: Wire): Point[] =>
    FONTS.flatMap((font) => along(portOf(from, output, font), inputOf(to, font)));
  const runsOver = (path: readonly Point[], ends: readonly FlowNode[]): boolean =>
    all().some((node) => !ends.includes(node) && path.some((point) => holds(boxOf(node, 3), point)));
  const tangled = wires.filter((wire) => wire.from.g !== wire.to.g || runsOver(pathOf(wire), [wire.from, wire.to]));
  const kept = wires.filter((wire) => !tangled.includes(wire)).map(pathOf);

  /** The nearest place where a link node and its wire touch nothing. @param output undefined: at the input of `beside` */
  function placeFor(beside: FlowNode, output?: number): Point {
    const side = output === undefined ? -1 : 1;
    const endWith = (font: Font): Point =>
      output === undefined ? inputOf(beside, font) : portOf(beside, output, font);
    const end = endWith(DEJAVU);
    const others = groupsBut(all(), beside.g);
    const own = all().filter((node) => node.g === beside.g);
    const places: Point[] = [];
    for (let dx = 30; dx <= 500; dx += 10)
      for (let dy = -250; dy <= 250; dy += 10) places.push({ x: end.x + side * dx, y: end.y + dy });
    places.sort((a, b) => cost(a, end) - cost(b, end));
    const fits = places.find((place) => {
      const node = { ...link('link in', '', beside, place), g: beside.g } as FlowNode;
      const box = boxOf(node, ROOM);
      if (!all().every((other) => apart(boxOf(other), box))) return false;
      if (kept.some((path) => path.some((point) => holds(box, point)))) return false;
      const path = FONTS.flatMap((font) =>
        side > 0 ? along(endWith(font), inputOf(node, font)) : along(portOf(node, 0, font), endWith(font)),
      );
      if (runsOver(path, [beside])) return false;
      const group = groupBox([...own, node]);
      return others.every((other) => apart(other, group));
    });
    if (fits === undefined) throw new Error(`no room for a link node beside ${beside.type} ${beside.name}`);
    return fits;
  }

  const outs = new Map<string, FlowNode>();
  const ins = new Map<string, FlowNode>();
  for (const { from, output, to } of tangled) {
    const source = `${from.id}/${output}`;
    let out = outs.get(source);
    if (out === undefined) {
      out = link('link out', `${from.name} ${output + 1}`, from, placeFor(from, output));
      out.links = [];
      outs.set(source, out);
      added.push(out);
      kept.push(pathOf({ from, output, to: out }));
      from.wires![output]!.push(out.id);
    }
    let into = ins.get(to.id);
    if (into === undefined) {
      into = link('link in', String(to.name), to, placeFor(to));
      into.links = [];
      into.wires = [[to.id]];
      ins.set(to.id, into);
      added.push(into);
      kept.push(pathOf({ from: into, output: 0, to }));
    }
    (out.links as string[]).push(into.id);
    (into.links as string[]).push(out.id);
    from.wires![output] = from.wires![output]!.filter((id) => id !== to.id);
  }
  return added;
}

const cost = (place: Point, end: Point): number => Math.hypot(place.x - end.x, 1.5 * (place.y - end.y));

function groupsBut(nodes: readonly FlowNode[], own: string | undefined): Box[] {
  const names = new Set(nodes.map((node) => node.g).filter((g) => g !== undefined && g !== own));
  return [...names].map((g) => groupBox(nodes.filter((node) => node.g === g)));
}
