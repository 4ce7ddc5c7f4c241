/**
 * A new session with the simulated contact center gets a separate contact center; a shared one names the other
 * sessions.
 */
import { strict as assert } from 'node:assert';
import { Editor, FLOW } from './editor.js';

const NOTE = '#ctios-shared-center';

describe('the contact center of a session', function () {
  this.timeout(60_000);
  let editor: Editor;

  before(async function () {
    const third = { id: 's3', type: 'ctios-session', name: 'Third', seed: '3' };
    editor = await Editor.start(this, { flow: [...FLOW, third] });
  });
  after(() => editor?.stop());
  afterEach(async () => {
    await editor.closeAll();
    editor.noProblems();
  });

  const add = async (): Promise<string> => {
    await editor.evaluate("RED.editor.editConfig('', 'ctios-session', '_ADD_')");
    await editor.page.waitForSelector('#node-config-input-connect:visible');
    return editor.page.inputValue('#node-config-input-seed');
  };

  it('is separate for a new session: the first seed that no other session has', async () => {
    assert.equal(await add(), '2');
    assert.equal(await editor.page.isVisible(NOTE), false);
    await editor.close();
    assert.equal(await add(), '4');
  });

  it('is shown as shared while the settings are the same, and not without a simulated contact center', async () => {
    await add();
    await editor.page.fill('#node-config-input-seed', '3');
    assert.match(await editor.page.innerText(NOTE), /^Shares the contact center of: Third\./);
    await editor.page.fill('#node-config-input-agents', '7');
    assert.equal(await editor.page.isVisible(NOTE), false);
    await editor.page.fill('#node-config-input-agents', '20');
    assert.equal(await editor.page.isVisible(NOTE), true);
    await editor.page.selectOption('#node-config-input-connect', 'ctiserver');
    assert.equal(await editor.page.isVisible(NOTE), false);
  });

  it('is unchanged when a saved session is opened', async () => {
    await editor.open('s3');
    assert.equal(await editor.page.inputValue('#node-config-input-seed'), '3');
  });
});
