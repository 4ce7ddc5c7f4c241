import { PeripheralType } from '../../ged188/index.js';
import type { ContactCenterApi, TelephonyListener } from '../model/state/types.js';

/** The contact center as seen by its CTI Servers: commands, queries and events. */
export interface Center extends ContactCenterApi {
  /** Subscribes to everything that happens, in order. @returns unsubscribes */
  listen(listener: TelephonyListener): () => void;
}

export function peripheralType(center: Center, peripheralId: number): number {
  const found = center.config.peripherals.find((each) => each.id === peripheralId);
  return found?.type ?? PeripheralType.PT_NONE;
}
