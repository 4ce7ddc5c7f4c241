/** What each version of the protocol added and removed, according to the guides. */
import { type FixedSlot, layoutOf, type Slot } from '../../../src/ged188/codec/layout.js';
import type { MessageDefinition } from '../../../src/ged188/definition/message.js';
import { MAX_VERSION, MIN_VERSION, messages } from '../../../src/ged188/index.js';
import { WIDE_TAGS_SINCE } from '../../../src/ged188/versions.js';
import { row } from './tables.js';

/** What each version added and removed, according to the guides. */
export const versionRows = (): string[] => {
  const changes = new Map<number, Map<string, Set<string>>>();
  const note = (version: number | undefined, change: string, message: string): void => {
    if (version === undefined || version <= MIN_VERSION || version > MAX_VERSION) return;
    const ofVersion = changes.get(version) ?? new Map<string, Set<string>>();
    changes.set(version, ofVersion.set(change, (ofVersion.get(change) ?? new Set()).add(message)));
  };
  const fields = (message: string, slots: readonly (FixedSlot | Slot)[]): void => {
    for (const slot of slots) {
      if ('items' in slot) fields(message, slot.items);
      else {
        note(slot.facts.since, `\`${slot.name}\` in`, message);
        note(slot.facts.until && slot.facts.until + 1, `no \`${slot.name}\` in`, message);
        const { maxBefore } = slot.facts;
        note(
          maxBefore?.version,
          `\`${slot.name}\` of ${slot.facts.max} bytes instead of ${maxBefore?.max} in`,
          message,
        );
      }
    }
  };
  for (const definition of Object.values<MessageDefinition>(messages)) {
    note(definition.facts.since, 'message', definition.name);
    const layout = layoutOf(definition, MAX_VERSION);
    fields(definition.name, [...layout.fixed, ...layout.floating]);
  }
  note(WIDE_TAGS_SINCE, 'tags and lengths of two bytes', '');
  return [...changes]
    .sort(([a], [b]) => a - b)
    .map(([version, list]) =>
      row(version, [...list].map(([change, where]) => `${change} ${[...where].join(', ')}`.trim()).join('; ')),
    );
};
