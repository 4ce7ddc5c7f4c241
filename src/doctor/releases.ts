/** Guesses the product and release of a CTI Server. */
import { PeripheralType } from '../ged188/index.js';

/** The first release of Unified CCE whose published guide includes a protocol version. */
const FIRST_RELEASE: Readonly<Record<number, string>> = { 14: '8.0', 15: '8.5', 17: '10.0', 25: '15.0' };

export function isCcx(peripheralType: number): boolean {
  return peripheralType === PeripheralType.PT_ACMI_CRS;
}

/** "Unified CCE 15.0 or later" */
export function releaseOf(version: number): string {
  const known = Object.keys(FIRST_RELEASE).map(Number);
  const from = known.filter((each) => each <= version).at(-1);
  const to = known.find((each) => each > version);
  if (from === undefined) return 'Unified CCE before 8.0';
  if (to === undefined) return `Unified CCE ${FIRST_RELEASE[from]} or later`;
  if (from === version && to === version + 1) return `Unified CCE ${FIRST_RELEASE[from]}`;
  return `Unified CCE ${FIRST_RELEASE[from]} or later, before ${FIRST_RELEASE[to]}`;
}
