import assert from 'node:assert/strict';
import { messageId } from '../../../nodes/shared/message/message-id.js';

describe('the ID of a message', () => {
  it('has 16 hexadecimal digits and is different each time', () => {
    const ids = new Set<string>();
    for (let n = 0; n < 20_000; n++) {
      const id = messageId();
      assert.match(id, /^[0-9a-f]{16}$/);
      ids.add(id);
    }
    assert.equal(ids.size, 20_000);
  });
});
