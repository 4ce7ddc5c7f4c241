/**
 * Node-RED's editor in a real browser, with a flow of one node of each type: opens dialogs, saves them, reads their
 * content.
 */
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { NodeRedProcess, temporaryDirectory } from '../support/node-red-process.js';
import { openBrowser, STEP_MS } from './browser.js';

/** How long the editor may take to load, in milliseconds. */
const START_MS = Math.max(STEP_MS, 45_000);

/** The types of nodes on the canvas; their node in {@link FLOW} has the type without its prefix as id. */
export const NODE_TYPES = [
  'call-events',
  'agent-events',
  'events',
  'call',
  'agent',
  'request',
  'query',
  'wait',
  'screen-pop',
  'contact',
  'watch',
  'webhook',
  'simulate',
] as const;

export const SESSION = { id: 's1', type: 'ctios-session', name: 'Lab' };
export const FLOW: readonly Record<string, unknown>[] = [
  { id: 't1', type: 'tab', label: 'contact center' },
  SESSION,
  ...NODE_TYPES.map((type) => ({
    id: type,
    z: 't1',
    type: `ctios-${type}`,
    session: 's1',
    wires: [],
    // Its condition starts with a row.
    ...(type === 'watch' ? { filter: [] } : {}),
  })),
];

export type Properties = Record<string, unknown>;
export type Scheme = 'light' | 'dark';

type EditorOptions = BrowserContextOptions & { font?: string };

/** The editor waits 150 to 300 ms while trays slide; here nothing slides. Runs in the page. */
function hasten(): void {
  const after = globalThis.setTimeout;
  const slides = [150, 200, 250, 300];
  globalThis.setTimeout = ((run: TimerHandler, ms?: number, ...more: unknown[]) =>
    after(run as () => void, slides.includes(ms ?? 0) ? 0 : ms, ...more)) as typeof setTimeout;
}

export class Editor {
  /** Problems in the page since the last check. */
  readonly problems: string[] = [];
  /** Paths that the page has requested. */
  readonly asked: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly nodeRed: NodeRedProcess,
    readonly page: Page,
  ) {}

  /** Skips the tests if there is no browser. @param options `font`: for all text, if it is installed */
  static async start(
    context: Mocha.Context,
    { flow = FLOW, ...options }: { flow?: readonly object[] } & EditorOptions = {},
  ): Promise<Editor> {
    const browser = await openBrowser(context);
    const userDir = temporaryDirectory();
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
    const nodeRed = await NodeRedProcess.start({ userDir });
    try {
      return await Editor.#open(browser, nodeRed, options);
    } catch (error) {
      await browser.close();
      await nodeRed.stop();
      throw error;
    }
  }

  static async #open(browser: Browser, nodeRed: NodeRedProcess, { font, ...options }: EditorOptions): Promise<Editor> {
    const page = await browser.newPage({ viewport: { width: 1300, height: 1400 }, locale: 'en-US', ...options });
    await page.addInitScript(hasten);
    // Applied before the first text, because the editor measures each text once.
    if (font !== undefined)
      await page.addInitScript((family) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`* { font-family: '${family}' !important; }`);
        document.adoptedStyleSheets = [sheet];
      }, font);
    const editor = new Editor(browser, nodeRed, page);
    page.on('pageerror', (error) => editor.problems.push(error.message));
    // The editor catches exceptions of a dialog that opens or is saved, and only logs them.
    page.on('console', (message) => {
      if (/^onedit(prepare|save|cancel)\b/.test(message.text())) editor.problems.push(message.text());
    });
    page.on('request', (request) => editor.asked.push(new URL(request.url()).pathname));
    await page.goto(nodeRed.url, { timeout: START_MS });
    await page.waitForSelector('.red-ui-flow-node-group', { timeout: START_MS });
    // Disables the sliding of trays.
    await page.addStyleTag({ content: '* { transition: none !important; animation: none !important; }' });
    await page.evaluate('jQuery.fx.off = true');
    return editor;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.nodeRed.stop();
  }

  noProblems(): void {
    assert.deepEqual(this.problems.splice(0), [], 'the editor threw an error');
  }

  evaluate<T>(code: string): Promise<T> {
    return this.page.evaluate(code) as Promise<T>;
  }

  /** Node-RED 5 has a dark theme; 4.1 looks the same with and without the class. */
  async show(scheme: Scheme): Promise<void> {
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.evaluate(`document.documentElement.classList.toggle('nr-theme-dark', ${scheme === 'dark'})`);
  }

  /** Opens the dialog of a node, or of a session. */
  async open(id: string): Promise<void> {
    const isConfig = await this.evaluate<boolean>(`RED.nodes.node('${id}')._def.category === 'config'`);
    if (isConfig) {
      await this.evaluate(`RED.editor.editConfig('', RED.nodes.node('${id}').type, '${id}')`);
      await this.page.waitForSelector('#node-config-input-connect:visible');
    } else {
      await this.evaluate(`RED.workspaces.show(RED.nodes.node('${id}').z)`);
      await this.evaluate(`RED.editor.edit(RED.nodes.node('${id}'))`);
      await this.page.waitForSelector('#node-dialog-ok:visible');
      // There is only one node without a session.
      await this.page.waitForSelector('#node-input-session:visible, #node-input-method:visible');
    }
    // The editor focuses an opened dialog a moment later.
    await this.page.waitForFunction("document.activeElement?.closest('.red-ui-tray') != null");
  }

  /** Saves or cancels the open dialog. */
  async close(how: 'ok' | 'cancel' = 'ok'): Promise<void> {
    const config = await this.page.locator('#node-config-dialog-ok').count();
    const button = `#node-${config > 0 ? 'config-' : ''}dialog-${how}`;
    await this.page.click(button);
    await this.page.waitForSelector(button, { state: 'detached' });
  }

  /** Cancels everything left open by a failed test. */
  async closeAll(): Promise<void> {
    while ((await this.page.locator('#node-dialog-cancel, #node-config-dialog-cancel').count()) > 0) {
      await this.close('cancel');
    }
  }

  /** The properties as they would be deployed, and `valid`. */
  saved(id: string): Promise<Properties> {
    return this.evaluate(`(() => {
      const node = RED.nodes.node('${id}');
      const found = { valid: node.valid, outputs: node.outputs };
      for (const key of Object.keys(node._def.defaults)) found[key] = node[key];
      return JSON.parse(JSON.stringify(found));
    })()`);
  }

  async deploy(): Promise<void> {
    await this.page.click('#red-ui-header-button-deploy');
    await this.page.waitForFunction('!RED.nodes.dirty()');
  }

  /** Adds a row to an editable list. */
  async addRow(list: string, key: string, value: string, operator?: string): Promise<void> {
    const container = this.page.locator(`.red-ui-editableList:has(#${list})`);
    await container.locator('.red-ui-editableList-addButton').click();
    const row = container.locator('.ctios-row').last();
    // A new row is focused in the next frame; an earlier focus would be lost.
    await this.page.waitForFunction("document.activeElement?.matches('.ctios-row-key') === true");
    await row.locator('.ctios-row-key').fill(key);
    if (operator !== undefined) await row.locator('.ctios-row-operator').selectOption(operator);
    // Some comparisons have no value.
    if (value === '') return;
    const typed = row.locator('.red-ui-typedInput-input');
    await ((await typed.count()) > 0 ? typed.first() : row.locator('.ctios-row-value')).fill(value);
    await this.page.keyboard.press('Escape');
  }

  /** The key and value of each row of an editable list. */
  rowTexts(list: string): Promise<string[][]> {
    return this.evaluate(`$('#${list} .ctios-row').map((_, row) => [[
      $(row).find('.ctios-row-key').val(),
      $(row).find('.red-ui-typedInput-input, input.ctios-row-value:not(.red-ui-typedInput)').first().val(),
    ]]).get()`);
  }

  /** Selects an event in the list. */
  async chooseEvent(name: string): Promise<void> {
    await this.page.fill('.ctios-search', name);
    await this.page.check(`.ctios-event:has(.ctios-event-name:text-is("${name}")) input`);
  }
}
