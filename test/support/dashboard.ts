/** Dashboard 2.0 for a Node-RED under test. */
import { HOW_TO_INSTALL, linkDashboard } from '../../scripts/examples/dashboard/install.js';

/** Installs it in a user directory. It is not there: the tests are skipped and say so; under CI that is an error. */
export function installDashboard(context: Mocha.Context, userDir: string): void {
  if (linkDashboard(userDir)) return;
  if (process.env.CI) throw new Error(`Dashboard 2.0 is missing: ${HOW_TO_INSTALL}`);
  console.log(`      Dashboard 2.0 is not installed: its tests are skipped (${HOW_TO_INSTALL})`);
  context.skip();
}
