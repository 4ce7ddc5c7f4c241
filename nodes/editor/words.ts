/**
 * The vocabulary's descriptions in the language of the editor. English is in the vocabulary itself; the other languages
 * are catalogs (`words/<language>/`), keyed by the vocabulary's names, combined into one file each by the build. The
 * file is loaded while the editor starts: until it has arrived, or if it never does, descriptions are English.
 */
import { enumValues } from '../../src/ctios/enums/index.js';
import type { EventDefinition } from '../../src/ctios/events/index.js';
import { keywordByName } from '../../src/ctios/keyword-lookup.js';
import type { RequestDefinition } from '../../src/ctios/requests/index.js';
import type { ArgumentDefinition } from '../../src/simulator/commands/definition.js';
import type { CommandDefinition } from './api.js';
import { text } from './text.js';

/** An argument of a simulator command: its description, and its default. */
interface Explained {
  readonly about: string;
  readonly fallback?: string;
}
interface Catalog {
  readonly events: Readonly<Record<string, string>>;
  readonly requests: Readonly<Record<string, { readonly does: string; readonly notes?: readonly string[] }>>;
  readonly keywords: Readonly<Record<string, string>>;
  /** By enumeration and word. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly commands: {
    /** The description of any argument with this name; a command's own text wins. */
    readonly arguments: Readonly<Record<string, Explained>>;
    readonly commands: Readonly<
      Record<string, { readonly about: string; readonly args?: Readonly<Record<string, Explained>> }>
    >;
  };
}

/** The version of the pack, inserted by the build, so that browsers do not cache the texts of another one. */
declare const VERSION: string;

let words: Catalog | undefined;
let coming: Promise<void> | undefined;

/** Starts loading the texts of the editor's language, if it is not English. */
export function fetchWords(): void {
  const language = text('language');
  if (language === 'en') return;
  coming = new Promise((resolve) => {
    $.getJSON(`resources/@openctios/node-red-ctios/ctios-words-${language}.json?v=${VERSION}`)
      .done((catalog: Catalog) => {
        words = catalog;
      })
      .always(() => {
        coming = undefined;
        resolve();
      });
  });
}

/** Redraws when the texts arrive; has no effect if they are loaded already, or never will be. */
export function whenWordsCome(draw: () => void): void {
  void coming?.then(draw);
}

export function whenOf({ name, when, twinOf }: EventDefinition): string {
  if (words === undefined) return when;
  return words.events[name] ?? (twinOf === undefined ? when : text('events.watched', { event: twinOf }));
}

/** What a request does, with notes: sentences. */
export function explained({ name, does, notes }: RequestDefinition): readonly string[] {
  const said = words?.requests[name];
  return [`${said?.does ?? does}${text('sentenceEnd')}`, ...(said === undefined ? notes : (said.notes ?? []))];
}

export function meaningOf(keyword: string): string {
  return words?.keywords[keyword] ?? keywordByName(keyword)?.meaning ?? '';
}

/** The meaning of an enumeration's value; undefined if its name is sufficient. */
export function meaningOfValue(enumeration: string, word: string): string | undefined {
  if (enumeration === 'EventID' && words?.events[word] !== undefined) return words.events[word];
  const said = words?.values[enumeration]?.[word];
  if (said !== undefined) return said;
  const meaning = enumValues(enumeration).find((value) => value.word === word)?.meaning;
  return meaning === '' ? undefined : meaning;
}

export function aboutCommand(name: string, { about }: CommandDefinition): string {
  return words?.commands.commands[name]?.about ?? about;
}

/** The description of a simulator command's argument, with its default. */
export function aboutArgument(command: string, name: string, definition: ArgumentDefinition): string {
  const { about, fallback } =
    words === undefined
      ? definition
      : (words.commands.commands[command]?.args?.[name] ?? words.commands.arguments[name] ?? definition);
  return fallback === undefined ? about : `${about} (${fallback})`;
}
