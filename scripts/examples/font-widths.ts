/**
 * The width of a text in the editor, which uses Helvetica or Arial at 14 px, and if neither is installed, as on a
 * minimal Linux, DejaVu Sans, which is an eighth wider. Drawings must fit with both.
 */
export interface Font {
  /** Advance widths of the characters from space to tilde, in tenths of a pixel. */
  readonly widths: readonly number[];
}

// biome-ignore format: a table
export const ARIAL: Font = { widths: [
  39, 39, 50, 78, 78, 124, 93, 27, 47, 47, 54, 82, 39, 47, 39, 39, 78, 78, 78, 78, 78, 78, 78, 78, 78, 78, 39, 39, 82, 82, 82, 78,
  142, 93, 93, 101, 101, 93, 86, 109, 101, 39, 70, 93, 78, 117, 101, 109, 93, 109, 101, 93, 86, 101, 93, 132, 93, 93, 86, 39, 39, 39, 66, 78,
  47, 78, 78, 70, 78, 78, 39, 78, 78, 31, 31, 70, 31, 117, 78, 78, 78, 78, 47, 70, 39, 78, 70, 101, 70, 70, 70, 47, 36, 47, 82,
] };

// biome-ignore format: a table
export const DEJAVU: Font = { widths: [
  45, 56, 64, 117, 89, 133, 109, 38, 55, 55, 70, 117, 45, 51, 45, 47, 89, 89, 89, 89, 89, 89, 89, 89, 89, 89, 47, 47, 117, 117, 117, 74,
  140, 96, 96, 98, 108, 88, 81, 108, 105, 41, 41, 92, 78, 121, 105, 110, 84, 110, 97, 89, 86, 102, 96, 138, 96, 86, 96, 55, 47, 55, 117, 70,
  70, 86, 89, 77, 89, 86, 49, 89, 89, 39, 39, 81, 39, 136, 89, 86, 89, 89, 58, 73, 55, 89, 83, 115, 83, 83, 73, 89, 47, 89, 117,
] };

export const FONTS: readonly Font[] = [ARIAL, DEJAVU];

/** The widest of the others that occur: the dash. */
const OTHER = 140;

/** @returns pixels */
export function widthOfText(text: string, { widths }: Font): number {
  let tenths = 0;
  for (const letter of text) tenths += letter === '’' ? widths[7]! + 7 : (widths[letter.charCodeAt(0) - 32] ?? OTHER);
  return tenths / 10;
}
