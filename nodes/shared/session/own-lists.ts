/**
 * A site's own lists of reasons and wrap-up texts, from its session's dialog, from a file that a flow can rewrite, or from a
 * message: a CTI Server knows only the codes. A list in the file replaces the same list of the dialog, and one of a message both.
 */

import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { LOGGED_OUT } from '../../../src/ctios/enums/agent-states.js';
import type { SiteLists } from '../../../src/embedded.js';
import { inputError } from '../message/errors.js';

export type OwnSiteLists = Partial<
  Pick<SiteLists, 'notReadyReasonCodes' | 'logoutReasonCodes' | 'incomingWrapupStrings'>
>;

/** Their format: `{ "notReady": { "Lunch": 2 }, "logout": { "End of shift": 101 }, "wrapup": ["Order"] }`. */
const REASONS = { notReady: 'notReadyReasonCodes', logout: 'logoutReasonCodes' } as const;
/** Enumeration AgentState. */
const NOT_READY = 2;
const MOST = 500;
const MAX_TEXT = 200;
const MAX_CODE = 65_535;
const MAX_BYTES = 262_144;
/** Minimum time between two checks of a file. */
const LOOK_MS = 1_000;

/** @throws CtiosError CTIOS_BAD_LISTS, naming the invalid part */
export function parseSiteLists(text: string): OwnSiteLists {
  if (text.trim() === '') return {};
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw bad(`it is not JSON: ${(error as Error).message}`);
  }
  return siteListsOf(read);
}

/** @throws CtiosError CTIOS_BAD_LISTS, naming what cannot be used */
export function siteListsOf(read: unknown): OwnSiteLists {
  if (!isObject(read)) throw bad('it must be an object with notReady, logout and wrapup');
  const lists: { -readonly [K in keyof OwnSiteLists]: OwnSiteLists[K] } = {};
  for (const [name, value] of Object.entries(read)) {
    if (name === 'wrapup') lists.incomingWrapupStrings = wrapupsOf(value);
    else if (Object.hasOwn(REASONS, name)) lists[REASONS[name as keyof typeof REASONS]] = reasonsOf(name, value);
    else throw bad(`"${name}" is none of notReady, logout, wrapup`);
  }
  return lists;
}

export class OwnLists {
  #fromFile: OwnSiteLists = {};
  #version = '';
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** @param report receives the error of an invalid file; its previous content stays in force */
  constructor(
    private readonly own: OwnSiteLists,
    private readonly file: string,
    private readonly now: () => number,
    private readonly report: (error: Error) => void,
  ) {}

  get lists(): OwnSiteLists {
    if (this.file === '') return this.own;
    const now = this.now();
    if (now - this.#lookedAt >= LOOK_MS) {
      this.#lookedAt = now;
      this.#look();
    }
    return { ...this.own, ...this.#fromFile };
  }

  #look(): void {
    let version: string;
    try {
      const { mtimeMs, size } = statSync(this.file);
      version = `${mtimeMs} ${size}`;
      if (version === this.#version) return;
      if (size > MAX_BYTES) throw bad(`the file has ${size} bytes, more than ${MAX_BYTES}`);
      this.#fromFile = parseSiteLists(readFileSync(this.file, 'utf8'));
    } catch (error) {
      const known = error as Error & { code?: string };
      version = known.code === 'CTIOS_BAD_LISTS' ? this.#stamp() : `error ${known.code}`;
      if (version !== this.#version)
        this.report(known.code === 'CTIOS_BAD_LISTS' ? known : bad(`the file cannot be read: ${known.message}`));
    }
    this.#version = version;
  }

  /** For a file that exists but is invalid: reported once, until it is written again. */
  #stamp(): string {
    const { mtimeMs, size } = statSync(this.file);
    return `${mtimeMs} ${size}`;
  }
}

/** Lists as they are written. */
export function writtenLists(site: OwnSiteLists): { notReady: object; logout: object; wrapup: readonly string[] } {
  const { notReadyReasonCodes = {}, logoutReasonCodes = {}, incomingWrapupStrings = [] } = site;
  return { notReady: { ...notReadyReasonCodes }, logout: { ...logoutReasonCodes }, wrapup: [...incomingWrapupStrings] };
}

const NAMES = { ...REASONS, wrapup: 'incomingWrapupStrings' } as const;

/** What messages have said; a list that is null is the dialog's or the file's again. */
export class ListsByMessage {
  lists: OwnSiteLists = {};

  /** @throws CtiosError CTIOS_BAD_LISTS; then nothing has changed */
  change(given: Readonly<Record<string, unknown>>): void {
    const gone = Object.keys(NAMES).filter((name) => given[name] === null) as (keyof typeof NAMES)[];
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
    const lists: { -readonly [K in keyof OwnSiteLists]: OwnSiteLists[K] } = { ...this.lists, ...siteListsOf(said) };
    for (const name of gone) delete lists[NAMES[name]];
    this.lists = lists;
  }
}

/** Where a relative path begins: in Node-RED's user directory. */
export function listsFile(path: string, userDir: string | undefined): string {
  return path === '' || isAbsolute(path) ? path : join(userDir ?? process.cwd(), path);
}

/** The site's text for a reason, if its lists have one. */
export function reasonText(site: OwnSiteLists | undefined, state: unknown, code: unknown): string | undefined {
  const list = state === NOT_READY ? site?.notReadyReasonCodes : state === LOGGED_OUT && site?.logoutReasonCodes;
  if (!list || typeof code !== 'number') return undefined;
  for (const text in list) if (list[text] === code) return text;
  return undefined;
}

function reasonsOf(name: string, value: unknown): Record<string, number> {
  if (!isObject(value)) throw bad(`"${name}" must be an object of texts and their codes`);
  const entries = Object.entries(value);
  if (entries.length > MOST) throw bad(`"${name}" has ${entries.length} entries, more than ${MOST}`);
  for (const [text, code] of entries) {
    checkText(name, text);
    if (typeof code !== 'number' || !Number.isInteger(code) || code < 0 || code > MAX_CODE)
      throw bad(`"${name}" gives "${text}" no whole number from 0 to ${MAX_CODE}`);
  }
  return Object.fromEntries(entries) as Record<string, number>;
}

function wrapupsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw bad('"wrapup" must be an array of texts');
  if (value.length > MOST) throw bad(`"wrapup" has ${value.length} entries, more than ${MOST}`);
  for (const text of value) checkText('wrapup', text);
  return value as string[];
}

function checkText(name: string, text: unknown): void {
  if (typeof text !== 'string' || text.trim() === '') throw bad(`"${name}" has an entry that is no text`);
  if (text.length > MAX_TEXT) throw bad(`"${name}" has a text of ${text.length} characters, more than ${MAX_TEXT}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(what: string): Error {
  return inputError('CTIOS_BAD_LISTS', `Own reasons and wrap-up texts: ${what}.`);
}
