/**
 * The vocabulary's explanations in the language of the editor. English stands in the vocabulary itself; the other
 * languages are catalogs of their own (`words/<language>/`), keyed by the vocabulary's names, made into one file each by
 * the build. The file is asked for while the editor goes on starting: until it is here, and if it never comes,
 * explanations are English.
 */
import { enumValues } from '../../src/ctios/enums/index.js';
import type { EventDefinition } from '../../src/ctios/events/index.js';
import { keywordByName } from '../../src/ctios/keyword-lookup.js';
import type { RequestDefinition } from '../../src/ctios/requests/index.js';
import type { ArgumentDefinition, CommandDefinition } from './api.js';
import { text } from './text.js';

/** An argument of a simulator command: what it is, and what is taken when it is left out. */
interface Explained {
  readonly about: string;
  readonly otherwise?: string;
}
interface Catalog {
  readonly events: Readonly<Record<string, string>>;
  readonly requests: Readonly<Record<string, { readonly does: string; readonly notes?: readonly string[] }>>;
  readonly keywords: Readonly<Record<string, string>>;
  /** By enumeration and word. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly commands: {
    /** What an argument of this name is, whatever the command; a command's own text wins. */
    readonly arguments: Readonly<Record<string, Explained>>;
    readonly commands: Readonly<
      Record<string, { readonly about: string; readonly args?: Readonly<Record<string, Explained>> }>
    >;
  };
}

/** The version of the pack, put in by the build: a browser must not keep the words of another one. */
declare const VERSION: string;

let words: Catalog | undefined;
let coming: Promise<void> | undefined;

/** Begins to fetch the words of the editor's language, where that is not English. */
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

/** Draws again when the words come; nothing to do when they are here, or never will be. */
export function whenWordsCome(draw: () => void): void {
  void coming?.then(draw);
}

export function whenOf({ name, when, twinOf }: EventDefinition): string {
  if (words === undefined) return when;
  return words.events[name] ?? (twinOf === undefined ? when : text('events.watched', { event: twinOf }));
}

/** What a request does, and what is good to know about it: sentences. */
export function explained({ name, does, notes }: RequestDefinition): readonly string[] {
  const said = words?.requests[name];
  return [`${said?.does ?? does}${text('sentenceEnd')}`, ...(said === undefined ? notes : (said.notes ?? []))];
}

export function meaningOf(keyword: string): string {
  return words?.keywords[keyword] ?? keywordByName(keyword)?.meaning ?? '';
}

/** The meaning of an enumeration's value in words; undefined where its name says it all. */
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

/** What an argument of a simulator command is, with what is taken when it is left out. */
export function aboutArgument(command: string, name: string, definition: ArgumentDefinition): string {
  const { about, otherwise } =
    words === undefined
      ? definition
      : (words.commands.commands[command]?.args?.[name] ?? words.commands.arguments[name] ?? definition);
  return otherwise === undefined ? about : `${about} (${otherwise})`;
}
