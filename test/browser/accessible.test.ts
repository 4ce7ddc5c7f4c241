/** The dialogs for those who do not see them well, or have no mouse: names, contrast, focus, keys. Light and dark. */
import { strict as assert } from 'node:assert';
import type { CDPSession } from 'playwright-core';
import { Editor, NODE_TYPES, type Scheme } from './editor.js';

/** WCAG 2.2, 1.4.3: text against its background. */
const LEAST_CONTRAST = 4.5;
/** Which choices show most of a dialog. */
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

describe('for people who do not see or do not point', function () {
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

  /** Roles of what can have the focus within an element and has no name. */
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

  /** Texts within an element that are too faint: "2.9 some text". */
  const faint = (selector: string): Promise<string[]> =>
    editor.evaluate(`(() => {
      const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((each) => each / 255)
        .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
        .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
      const behind = (element) => {
        for (let each = element; each; each = each.parentElement) {
          const colour = parse(getComputedStyle(each).backgroundColor);
          if (colour.length === 3 || colour[3] > 0.5) return colour;
        }
        return [255, 255, 255];
      };
      const found = [];
      for (const element of document.querySelectorAll('${selector} *')) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const control = /^(INPUT|SELECT)$/.test(element.tagName) && element.type !== 'hidden';
        if (!(own || control) || !element.checkVisibility() || element.disabled || element.closest(':disabled, .disabled')) continue;
        if (element.tagName === 'OPTION') continue;
        const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < ${LEAST_CONTRAST}) found.push(contrast.toFixed(1) + ' ' + (element.textContent || element.id).trim().slice(0, 40));
      }
      return [...new Set(found)];
    })()`);

  for (const scheme of ['light', 'dark'] as Scheme[]) {
    for (const id of ['s1', ...NODE_TYPES]) {
      it(`${id}, ${scheme}: whatever can have the focus has a name, and every text can be read`, async () => {
        await editor.show(scheme);
        await editor.open(id);
        for (const [field, value] of SHOW[id] ?? []) await editor.page.selectOption(field, value);
        for (const button of await editor.page.locator('.ctios-form .red-ui-editableList-addButton:visible').all())
          await button.click();
        await editor.page.keyboard.press('Escape');
        assert.deepEqual(await nameless('.ctios-form'), [], 'without a name');
        assert.deepEqual(await faint('.ctios-form'), [], 'too faint');
        await editor.close('cancel');
      });
    }
  }

  const focused = <T>(what: string): Promise<T> =>
    editor.evaluate(`(() => { const it = document.activeElement; return ${what}; })()`);

  it('the focus can be seen', async () => {
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

  it('events are found, chosen and given up by keys alone', async () => {
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

  it('rows are added, filled in, moved and deleted by keys alone', async () => {
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
    it(`the sidebar, ${scheme}: whatever can have the focus has a name`, async () => {
      await editor.show(scheme);
      await editor.evaluate("RED.actions.invoke('ctios:show-sidebar')");
      await editor.page.waitForSelector('.ctios-sidebar .ctios-sb-session');
      assert.deepEqual(await nameless('.ctios-sidebar'), []);
    });
  }
});
