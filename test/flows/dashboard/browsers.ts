/** The Dashboard is not installed where flow tests run: the test stands in for its widgets, and for the browsers behind them. */
import { DASHBOARD_DEFAULTS } from '../../../scripts/examples/dashboard/defaults.js';
import type { FlowTest, FlowTestOptions } from '../../../src/testing/index.js';
import type { OpenExample } from '../example-test.js';

type Options = Parameters<OpenExample>[0];

export const withWidgets = (options: Options = {}): Omit<FlowTestOptions, 'flow' | 'file'> => ({
  ...options,
  standIns: Object.keys(DASHBOARD_DEFAULTS),
});

export interface WidgetMessage {
  payload?: unknown;
  action?: string;
  enabled?: boolean;
  visible?: boolean;
  ui_update?: { options: Array<{ value: number; label: string }> };
  _client?: { socketId: string };
}

/** What a widget has received. @param socketId only of a browser */
export function received(test: FlowTest, widget: string, socketId?: string): WidgetMessage[] {
  return test.entries
    .filter(({ what, node }) => what === 'message' && node?.name === widget && node.type !== 'link in')
    .map(({ value }) => value as WidgetMessage)
    .filter(({ _client }) => socketId === undefined || _client?.socketId === socketId);
}
