/** Ids of messages, as Node-RED has them: 16 hexadecimal digits. */
import { randomBytes } from 'node:crypto';

const THIS_PROCESS = randomBytes(4).toString('hex');
let last = 0x10000000 + randomBytes(3).readUIntBE(0, 3);

/** Another one each time. Node-RED would give a message its own when it is sent, from eight random numbers: 0.4 µs. */
export function messageId(): string {
  last = last === 0xffffffff ? 0x10000000 : last + 1;
  return THIS_PROCESS + last.toString(16);
}
