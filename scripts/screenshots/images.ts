/** Where the pictures of the docs are, and how each is named. */
import { join } from 'node:path';
import type { Example } from '../examples/catalog.js';
import { ROOT } from '../node-red-process.js';

export const IMAGES = join(ROOT, 'docs', 'images');

/** File names of an example's pictures, in IMAGES. */
export function imagesOf({ label, folder }: Example): { page: string; phone: string; editor: string } {
  const name = [folder, label].filter(Boolean).join('-').replaceAll(' ', '-');
  return { page: `${name}.png`, phone: `${name}-phone.png`, editor: `${name}-editor.png` };
}

/** File name of the picture of a node's dialog, in IMAGES. */
export function imageOfNode(type: string): string {
  return `nodes/${type}.png`;
}
