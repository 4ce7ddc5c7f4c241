/** The content of a row: four short texts, and a sign. */
import type { Look } from '../../shared/status/status-styles.js';
import type { Row } from '../../sidebar/view.js';
import { agentStates, callStatuses, lookOr } from './looks.js';
import { count, text, timeOfDay, wordFor } from './text.js';

export interface RowText {
  readonly look?: Look;
  readonly title: string;
  readonly word: string;
  readonly more: string;
  /** At the end of the second line, unless that is a running duration. */
  readonly note?: string;
}

export function textOf(row: Row): RowText {
  switch (row.kind) {
    case 'agent':
      return {
        look: lookOr(agentStates, row.state),
        title: row.name || row.agentId,
        word: wordFor('agentState', row.state),
        more: joined(
          row.agentId,
          row.extension && text('row.extension', { number: row.extension }),
          row.reasonCode === undefined ? '' : text('row.reason', { code: row.reasonCode }),
        ),
      };
    case 'call':
      return {
        look: lookOr(callStatuses, row.status),
        title: `${row.from || text('row.withheld')} → ${row.to || '?'}`,
        word: wordFor('callStatus', row.status),
        more: joined(row.device && text('row.extension', { number: row.device }), row.type),
      };
    case 'skillgroup':
      return {
        title: row.name || row.number,
        word: text('row.available', { count: count(row.available) }),
        more: joined(
          row.number,
          text('row.agents', { count: count(row.agents) }),
          text('row.talking', { count: count(row.talking) }),
        ),
        note: row.waiting === undefined ? '' : text('row.waiting', { count: count(row.waiting) }),
      };
    case 'event':
      return {
        title: row.event,
        word: timeOfDay(row.time),
        more: row.about,
        note: row.recovered ? text('row.recovered') : '',
      };
  }
}

const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join(' · ');

/**
 * The entered text, with the vocabulary's names for its meaning in the user's language: searching for "gesprächig"
 * finds "Talking".
 */
export function filterFor(typed: string): string {
  const words = [
    ...Object.keys(agentStates).map((word) => [word, wordFor('agentState', word)] as const),
    ...Object.keys(callStatuses).map((word) => [word, wordFor('callStatus', word)] as const),
  ];
  return typed
    .trim()
    .split(/\s+/)
    .filter((term) => term !== '')
    .map((term) => {
      const meant = words.filter(([, local]) => local.toLowerCase().includes(term.toLowerCase()));
      return [term, ...meant.map(([word]) => word)].join('|');
    })
    .join(' ');
}
