/** Message ids like Node-RED's: 16 hexadecimal digits. */
import { randomBytes } from 'node:crypto';

const THIS_PROCESS = randomBytes(4).toString('hex');
/** The last three digits, written once: to write a number in hexadecimal takes longer than the rest of an id. */
const ENDINGS = Array.from({ length: 0x1000 }, (_, number) => number.toString(16).padStart(3, '0'));

let beginning = 0x10000 + (randomBytes(3).readUIntBE(0, 3) % 0xf0000);
let prefix = THIS_PROCESS + beginning.toString(16);
let last = 0;

/** A new one with each call. Node-RED would otherwise add its own when sending, from eight random numbers: 0.4 µs. */
export function messageId(): string {
  last++;
  if (last === ENDINGS.length) {
    last = 0;
    beginning = beginning === 0xfffff ? 0x10000 : beginning + 1;
    prefix = THIS_PROCESS + beginning.toString(16);
  }
  return prefix + ENDINGS[last];
}
