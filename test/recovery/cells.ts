/** The cells of the matrix: every fault in every situation, in both modes, in process and remote. */

import type { Access } from '../support/test-bed.js';
import { type Fault, faults } from './faults.js';
import { type Situation, situations } from './situations.js';

export type Mode = 'monitor' | 'agent';

export interface Cell {
  access: Access;
  mode: Mode;
  fault: Fault;
  situation: Situation;
  /** Why the cell is not possible; undefined if it is. */
  impossible: string | undefined;
}

export const cells: readonly Cell[] = (['in process', 'remote'] as const).flatMap((access) =>
  (['monitor', 'agent'] as const).flatMap((mode) =>
    faults.flatMap((fault) =>
      situations.map((situation) => ({
        access,
        mode,
        fault,
        situation,
        impossible: why(fault, situation, mode, access),
      })),
    ),
  ),
);

function why(fault: Fault, situation: Situation, mode: Mode, access: Access): string | undefined {
  if (fault.remoteOnly && access === 'in process') return 'there is no network within a process';
  if (mode === 'agent' && situation.name === 'during login') {
    return 'an agent-mode session may not log in another agent than its own, which is logged in';
  }
  return undefined;
}
