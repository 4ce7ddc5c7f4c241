/**
 * The palette's search finds nodes by their names only. Search terms ("dial", "transfer", "cisco") are added to the
 * label that it searches, which is not the one that is displayed. Technical terms are English in every language, in
 * addition to the language's own.
 */
import { text } from './text.js';

export function addPaletteWords(): void {
  const add = (): void => {
    const ofAll = text('palette.all');
    $('.red-ui-palette-node[data-palette-type^="ctios-"]').each((_, element) => {
      const entry = $(element);
      const label = entry.attr('data-palette-label');
      if (label === undefined || label.endsWith(ofAll)) return;
      entry.attr('data-palette-label', [label, text(`palette.${entry.attr('data-palette-type')}`), ofAll].join(' '));
    });
  };
  for (const event of ['registry:node-type-added', 'registry:node-set-enabled', 'flows:loaded'])
    RED.events.on(event, add);
  add();
}
