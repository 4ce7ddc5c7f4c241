/**
 * Pictures with at most 256 colors, a third of the size: a screenshot consists of flat areas and of the edges of text.
 * The browser decodes a picture; the encoder is Node.js' own zlib.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

const COLORS = 256;
const SHIFTS = [24, 16, 8] as const;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Of IHDR: where the color type is, and the one of a palette. */
const [COLOR_TYPE_AT, INDEXED] = [25, 3];

/** Reduces the colors of every picture of a folder that has more. */
export async function reduceColors(browser: Browser, folder: string): Promise<void> {
  const page = await browser.newPage();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.png'));
  for (const file of names.map((name) => join(folder, name))) {
    const png = readFileSync(file);
    if (png[COLOR_TYPE_AT] === INDEXED) continue;
    const { width, height, pixels } = await page.evaluate(decode, png.toString('base64'));
    const reduced = encode(width, height, Buffer.from(pixels, 'base64'));
    if (reduced.length < png.length) writeFileSync(file, reduced);
  }
  await page.close();
}

/** Runs in the browser. */
async function decode(base64: string): Promise<{ width: number; height: number; pixels: string }> {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const bytes = new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return { width, height, pixels: btoa(text) };
}

/** @param pixels red, green, blue and opacity of each */
function encode(width: number, height: number, pixels: Buffer): Buffer {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const color = pixels.readUInt32BE(at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const boxes = boxesOf(counts);
  const indexOf = new Map(boxes.flatMap((colors, index) => colors.map((color) => [color, index] as const)));
  // A byte before each line names its filter: none.
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      lines[y * (width + 1) + x + 1] = indexOf.get(pixels.readUInt32BE(4 * (y * width + x)))!;
  // The most frequent color of a box stays as it is, so that areas keep theirs.
  const palette = boxes.map((colors) => colors.reduce((a, b) => (counts.get(b)! > counts.get(a)! ? b : a)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, INDEXED], 8);
  const table = Buffer.from(palette.flatMap((color) => SHIFTS.map((shift) => channel(color, shift))));
  return Buffer.concat([
    SIGNATURE,
    ...[chunk('IHDR', header), chunk('PLTE', table), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND')],
  ]);
}

/** Similar colors together, in as many boxes as a palette has colors: the widest box is halved until there are enough. */
function boxesOf(counts: ReadonlyMap<number, number>): number[][] {
  const boxes = [boxOf([...counts.keys()])];
  while (boxes.length < COLORS) {
    const widest = boxes.reduce((a, b) => (b.width > a.width ? b : a));
    if (widest.width === 0) break;
    const { colors, shift, middle } = widest;
    const low = colors.filter((color) => channel(color, shift) <= middle);
    const high = colors.filter((color) => channel(color, shift) > middle);
    boxes.splice(boxes.indexOf(widest), 1, boxOf(low), boxOf(high));
  }
  return boxes.map(({ colors }) => colors);
}

function boxOf(colors: number[]) {
  let widest = { shift: SHIFTS[0] as number, width: -1, middle: 0 };
  for (const shift of SHIFTS) {
    let [least, most] = [255, 0];
    for (const color of colors) {
      least = Math.min(least, channel(color, shift));
      most = Math.max(most, channel(color, shift));
    }
    if (most - least > widest.width) widest = { shift, width: most - least, middle: Math.floor((least + most) / 2) };
  }
  return { colors, ...widest };
}

function channel(color: number, shift: number): number {
  return (color >>> shift) & 0xff;
}

function chunk(type: string, content: Buffer = Buffer.alloc(0)): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
