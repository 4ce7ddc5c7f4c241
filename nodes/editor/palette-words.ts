/**
 * The palette's search finds nodes by their names only. Words for what people look for ("dial", "transfer", "cisco") are
 * added to the label that it searches, which is not the one that is shown. Those of the trade are English in every
 * language, beside the language's own.
 */
import { text } from './text.js';

const TYPES = [
  'call',
  'agent',
  'call-events',
  'agent-events',
  'events',
  'request',
  'query',
  'wait',
  'screen-pop',
  'contact',
  'webhook',
  'simulate',
];

export function addPaletteWords(): void {
  const add = (): void => {
    const ofAll = text('palette.all');
    for (const type of TYPES) {
      const entry = $(`.red-ui-palette-node[data-palette-type="ctios-${type}"]`);
      const label = entry.attr('data-palette-label');
      if (label === undefined || label.endsWith(ofAll)) continue;
      entry.attr('data-palette-label', [label, text(`palette.ctios-${type}`), ofAll].join(' '));
    }
  };
  for (const event of ['registry:node-type-added', 'registry:node-set-enabled', 'flows:loaded'])
    RED.events.on(event, add);
  add();
}
