import assert from 'node:assert/strict';
import { networkOf } from '../../src/common/network/network.js';

describe('the network of an address', () => {
  for (const [peer, network] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['this process', 'this process'],
  ] as const) {
    it(`of ${peer} is ${network}`, () => assert.equal(networkOf(peer), network));
  }
});
