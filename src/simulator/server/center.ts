import { PeripheralType } from '../../ged188/index.js';
import type { ContactCenterApi, TelephonyListener } from '../model/state/types.js';

/** The contact center as its CTI Servers see it: what can be asked and read, and what it tells. */
export interface Center extends ContactCenterApi {
  /** Tells of everything that happens, in order. @returns stops it */
  listen(listener: TelephonyListener): () => void;
}

export function peripheralType(center: Center, peripheralId: number): number {
  const found = center.config.peripherals.find((each) => each.id === peripheralId);
  return found?.type ?? PeripheralType.PT_NONE;
}
