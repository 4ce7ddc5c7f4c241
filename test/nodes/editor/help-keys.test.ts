/** Every key of `msg.ctios` that a node sends is named in its help, in every language. */
import { deepEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventInfo } from '../../../nodes/shared/message/events/event-message.js';
import type {
  ActionInfo,
  ContactInfo,
  PopInfo,
  SimulateInfo,
  WatchInfo,
} from '../../../nodes/shared/message/message-info.js';

const ROOT = join(__dirname, '..', '..', '..', '..');

/** The compiler demands all keys of the type, and no others. */
const keysOf = <Info>(keys: Readonly<Record<keyof Info, true>>): string[] => Object.keys(keys);

const BASIS = { session: true, time: true, sequence: true } as const;
const OF_AN_OBJECT = { ...BASIS, objectId: true, agentId: true, traceparent: true } as const;
const EVENT = keysOf<EventInfo>({
  ...OF_AN_OBJECT,
  interface: true,
  event: true,
  peripheralId: true,
  lag: true,
  recovered: true,
  replayed: true,
  previous: true,
  lasted: true,
  names: true,
});
const ACTION = keysOf<ActionInfo>({ ...OF_AN_OBJECT, peripheralId: true, names: true });

const SENT: Readonly<Record<string, readonly string[]>> = {
  'ctios-call-events': EVENT,
  'ctios-agent-events': EVENT,
  'ctios-events': EVENT,
  'ctios-call': ACTION,
  'ctios-agent': ACTION,
  'ctios-request': ACTION,
  'ctios-screen-pop': keysOf<PopInfo>({ ...OF_AN_OBJECT, replayed: true }),
  'ctios-contact': keysOf<ContactInfo>(OF_AN_OBJECT),
  'ctios-watch': keysOf<WatchInfo>({ ...OF_AN_OBJECT, lag: true, names: true }),
  'ctios-simulate': keysOf<SimulateInfo>(BASIS),
};
/** These pass on what has arrived; `ctios-wait` sends the message of an event node, which its help says. */
const OTHERS = ['ctios-session', 'ctios-query', 'ctios-wait', 'ctios-webhook'];

describe('The help', () => {
  for (const [type, keys] of Object.entries(SENT))
    for (const language of ['en-US', 'de', 'ja'])
      it(`of ${type} names what msg.ctios contains (${language})`, () => {
        const help = readFileSync(join(ROOT, 'nodes', type, 'locales', language, `${type}.html`), 'utf8');
        const named = help.split('\n').filter((line) => /^: \*?ctios\*? \(object\)/.test(line));
        deepEqual(
          keys.filter((key) => !named.some((line) => line.includes(`\`${key}\``))),
          [],
        );
      });

  it('of every node is examined', () => {
    const types = readdirSync(join(ROOT, 'nodes')).filter((type) => type.startsWith('ctios-'));
    deepEqual(types.sort(), [...Object.keys(SENT), ...OTHERS].sort());
  });
});
