/** Installs the Dashboard in a user directory of Node-RED, from a folder of its own: Node-RED would load it everywhere otherwise. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DASHBOARD } from './module.js';

const INSTALLED = join(__dirname, '..', '..', '..', '..', '.ci', 'dashboard', 'node_modules', DASHBOARD.name);

/** The command that installs it where {@link linkDashboard} finds it; `.ci/run` does the same. */
export const HOW_TO_INSTALL = `npm install --prefix .ci/dashboard --no-save ${DASHBOARD.name}@${DASHBOARD.version}`;

/** @returns false if it is not installed */
export function linkDashboard(userDir: string): boolean {
  if (!existsSync(INSTALLED)) return false;
  const place = join(userDir, 'node_modules', DASHBOARD.name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(INSTALLED, place, 'junction');
  return true;
}
