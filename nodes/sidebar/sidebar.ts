/**
 * The sidebar's part in the runtime: a plugin that answers what the sidebar asks, and rings while one is open. What it
 * shows stands in `nodes/editor/sidebar/`.
 */
import type { NodeAPI } from 'node-red';

export = (RED: NodeAPI): void => {
  RED.plugins.registerPlugin('ctios-sidebar', { type: 'ctios-sidebar' });
};
