/** The labels of the dialogs in each language: no word is broken or cut off. */
import { strict as assert } from 'node:assert';
import { Editor, NODE_TYPES } from './editor.js';

/** Runs in the page: words of labels that span several lines, or extend beyond their label. */
const BROKEN = `(() => {
  const broken = [];
  for (const label of document.querySelectorAll('.red-ui-tray .ctios-form label, .red-ui-tray .ctios-heading')) {
    if (label.offsetParent === null) continue;
    if (label.scrollWidth > label.clientWidth + 1) broken.push('cut off: ' + label.textContent.trim());
    const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const { 0: word, index } of node.data.matchAll(/[\\p{Script=Latin}\\d]+/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(word + ' in ' + label.textContent.trim());
      }
  }
  return broken;
})()`;

for (const locale of ['en-US', 'de-DE', 'ja-JP'])
  describe(`the labels in ${locale}`, function () {
    this.timeout(60_000);
    let editor: Editor;

    before(async function () {
      editor = await Editor.start(this, { locale });
    });
    after(() => editor?.stop());
    afterEach(() => editor.closeAll());

    it('are complete: no word is broken or cut off', async () => {
      const broken: Record<string, string[]> = {};
      const look = async (what: string): Promise<void> => {
        const found = await editor.evaluate<string[]>(BROKEN);
        if (found.length > 0) broken[what] = found;
      };
      for (const id of NODE_TYPES) {
        await editor.open(id);
        await look(id);
        await editor.close('cancel');
      }
      await editor.open('s1');
      for (const connect of ['simulator', 'ctiserver', 'ctios-server', 'nats']) {
        await editor.page.selectOption('#node-config-input-connect', connect);
        await look(connect);
      }
      assert.deepEqual(broken, {});
    });
  });
