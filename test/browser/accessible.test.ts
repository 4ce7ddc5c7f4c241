/**
 * Accessibility of the dialogs and the sidebar, in light and dark: axe-core's rules, accessible names, focus, keyboard.
 */
import { strict as assert } from 'node:assert';
import type { CDPSession } from 'playwright-core';
import { axeViolations } from './axe.js';
import { Editor, NODE_TYPES, type Scheme } from './editor.js';

/** Selections that make most of a dialog visible. */
const SHOW: Readonly<Record<string, readonly (readonly [field: string, value: string])[]>> = {
  call: [
    ['#node-input-request', 'MakeConsultCall'],
    ['#node-input-complete', 'OnCallEstablished'],
  ],
  agent: [['#node-input-request', 'Login']],
  query: [['#node-input-query', 'object']],
  s1: [
    ['#node-config-input-connect', 'ctiserver'],
    ['#node-config-input-mode', 'agent'],
  ],
};

interface AxNode {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  properties?: { name: string; value: { value: unknown } }[];
}

describe('accessibility', function () {
  this.timeout(60_000);
  let editor: Editor;
  let devtools: CDPSession;

  before(async function () {
    editor = await Editor.start(this);
    devtools = await editor.page.context().newCDPSession(editor.page);
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  /** Roles of focusable parts of an element without a name. */
  async function nameless(selector: string): Promise<string[]> {
    const { root } = await devtools.send('DOM.getDocument', { depth: 0 });
    const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    const { nodes } = (await devtools.send('Accessibility.queryAXTree', { nodeId })) as { nodes: AxNode[] };
    const focusable = nodes.filter(
      ({ ignored, properties }) =>
        !ignored && properties?.some(({ name, value }) => name === 'focusable' && value.value),
    );
    assert.ok(focusable.length > 1, `nothing to operate in ${selector}`);
    return focusable.filter(({ name }) => !name?.value.trim()).map(({ role }) => role?.value ?? '');
  }

  for (const scheme of ['light', 'dark'] as Scheme[]) {
    for (const id of ['s1', ...NODE_TYPES]) {
      it(`${id}, ${scheme}: has no violations, and a name for each control`, async () => {
        await editor.show(scheme);
        await editor.open(id);
        for (const [field, value] of SHOW[id] ?? []) await editor.page.selectOption(field, value);
        for (const button of await editor.page.locator('.ctios-form .red-ui-editableList-addButton:visible').all())
          await button.click();
        await editor.page.keyboard.press('Escape');
        assert.deepEqual(await nameless('.ctios-form'), [], 'without a name');
        assert.deepEqual(await axeViolations(editor.page, { within: '.ctios-form' }), []);
        await editor.close('cancel');
      });
    }
  }

  const focused = <T>(what: string): Promise<T> =>
    editor.evaluate(`(() => { const it = document.activeElement; return ${what}; })()`);

  it('shows the focus', async () => {
    await editor.open('call');
    for (const selector of ['#node-input-name', '#node-input-request', '#node-input-linkWait']) {
      await editor.page.focus(selector);
      await editor.page.keyboard.press('Shift+Tab');
      await editor.page.keyboard.press('Tab');
      const outline = await focused<string>('getComputedStyle(it).outlineStyle');
      assert.equal(outline, 'solid', `${selector} does not show that it has the focus`);
    }
    await editor.close('cancel');
  });

  it('allows events to be found, selected and deselected by keyboard alone', async () => {
    const { page } = editor;
    await editor.open('agent-events');
    await page.focus('.ctios-search');
    await page.keyboard.type('OnAgentStateChange');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    assert.deepEqual(await editor.evaluate("$('.ctios-events input:checked').length"), 1);
    assert.match(await page.innerText('.ctios-count'), /1/);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await editor.evaluate("$('.ctios-events input:checked').length"), 0);
    await editor.close('cancel');
  });

  it('allows rows to be added, filled in, moved and deleted by keyboard alone', async () => {
    const { page } = editor;
    await editor.open('agent-events');
    const add = page.locator('.red-ui-editableList:has(#ctios-properties) .red-ui-editableList-addButton');
    for (const key of ['first', 'second']) {
      await add.focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        "document.activeElement.matches('.ctios-row-key') && document.activeElement.value === ''",
      );
      await page.keyboard.type(key);
    }
    await page.keyboard.press('Alt+ArrowUp');
    assert.ok(await focused<boolean>("it.value === 'second'"), 'the focus is lost in moving');
    assert.deepEqual(
      (await editor.rowTexts('ctios-properties')).map(([key]) => key),
      ['second', 'first'],
    );
    const remove = page.locator('#ctios-properties .red-ui-editableList-item-remove').first();
    await remove.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction("$('#ctios-properties .ctios-row').length === 1");
    await editor.close();
    assert.deepEqual((await editor.saved('agent-events')).properties, [{ p: 'first', v: '', vt: 'str' }]);
  });

  for (const scheme of ['light', 'dark'] as Scheme[]) {
    it(`the sidebar, ${scheme}: has no violations, and a name for each control`, async () => {
      await editor.show(scheme);
      await editor.evaluate("RED.actions.invoke('ctios:show-sidebar')");
      await editor.page.waitForSelector('.ctios-sidebar .ctios-sb-session');
      assert.deepEqual(await nameless('.ctios-sidebar'), []);
      assert.deepEqual(await axeViolations(editor.page, { within: '.ctios-sidebar' }), []);
    });
  }
});
