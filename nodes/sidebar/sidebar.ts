/**
 * The sidebar's part in the runtime: a plugin by name only. What it asks is answered by the routes of `ctios-session`
 * (`../shared/admin.ts`), and `../shared/live-feed.ts` rings while one is open. What it shows stands in
 * `../editor/sidebar/`.
 */
import type { NodeAPI } from 'node-red';

export = (RED: NodeAPI): void => {
  RED.plugins.registerPlugin('ctios-sidebar', { type: 'ctios-sidebar' });
};
