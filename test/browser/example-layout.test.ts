/**
 * The flows of the examples as drawn by the editor. The widths of nodes depend on the fonts of the machine, so both
 * fonts for which a layout must work are tested if they are installed. Flows for Dashboard 2.0 are tested if it is
 * installed.
 */
import { strict as assert } from 'node:assert';
import { DASHBOARD } from '../../scripts/examples/dashboard/module.js';
import { exampleFiles, readExample } from '../../scripts/examples/files.js';
import { Editor } from './editor.js';
import { lookAt } from './flow-layout.js';

const all = exampleFiles();
const files = all.filter((name) => !name.startsWith('dashboard/'));
const flows = files.flatMap(readExample);

for (const font of ['Arial', 'DejaVu Sans'])
  describe(`the layout of the examples in ${font}`, function () {
    this.timeout(120_000);
    let editor: Editor;

    before(async function () {
      editor = await Editor.start(this, { flow: flows, font, viewport: { width: 1600, height: 1000 } });
    });
    after(() => editor?.stop());

    for (const file of files)
      it(`${file}: wires cross no node and no group, and nodes do not overlap`, async () => {
        const { wires, crossings } = await lookAt(editor, readExample(file).find(({ type }) => type === 'tab')!.id);
        assert.ok(wires > 0, 'the wires are drawn');
        assert.deepEqual(crossings, []);
      });

    if (font === 'Arial')
      it('offers to install Dashboard 2.0 when one of its flows is imported without it', async () => {
        const flow = readExample(all.find((name) => name.startsWith('dashboard/'))!);
        await editor.evaluate(`RED.view.importNodes(${JSON.stringify(JSON.stringify(flow))})`);
        const message = editor.page.locator('.red-ui-notification', { hasText: DASHBOARD.name });
        await message.getByRole('button', { name: 'Install all' }).waitFor();
      });
  });
