/**
 * What an event node sends, as JSON for the core nodes: payload, call, agent and the rest of the message, so that a flow
 * behind `json` has the same to work with as one behind an event node. Taken from a session in this process, not written
 * by hand.
 */

import { eventMessage } from '../../nodes/shared/message/events/event-message.js';
import { viewsOf } from '../../nodes/shared/message/events/held-events.js';
import type { CilEvent } from '../../src/cil/index.js';
import { createEmbedded } from '../client-library/library.js';
import type { Bench } from '../run/bench-case.js';
import { pause, within } from '../run/waits.js';
import { CtiServerWithLoad } from './cti-server-with-load.js';
import { chunks, FIRST_CALL, ged188, type Kind, VERSION } from './load.js';

/** Events of one call. */
const EVENTS_OF_CALL = 7;
/** So many calls are written out; a flood repeats them. */
const CALLS = 500;

export interface WholeMessages {
  readonly kind: Kind;
  /** Of a message, on average. */
  readonly bytes: number;
}

/** @param packed puts a line into what its transport sends. @param name of the way to the flow */
export function wholeMessages(
  templates: readonly string[],
  name: string,
  packed: (line: Buffer) => Buffer,
): WholeMessages {
  const life = templates.slice(0, EVENTS_OF_CALL);
  const update = templates[EVENTS_OF_CALL]!;
  const line = (text: string) => packed(Buffer.from(`${text}\n`));
  const marked = (key: string, value: string, text: string) => text.replaceAll(`"${key}":"-"`, `"${key}":"${value}"`);
  const lines = Array.from({ length: CALLS * EVENTS_OF_CALL }, (_, index) => {
    const call = FIRST_CALL + Math.floor(index / EVENTS_OF_CALL);
    return line(life[index % EVENTS_OF_CALL]!.replaceAll(`5000.${FIRST_CALL}.`, `5000.${call}.`));
  });
  const all = chunks(lines);
  return {
    bytes: life.reduce((sum, text) => sum + text.length, 0) / EVENTS_OF_CALL,
    kind: {
      name,
      opening: Buffer.alloc(0),
      one: (_, stamp) => line(marked('CallVariable10', stamp, update)),
      flood(count) {
        const pieces: Buffer[] = [];
        let left = count - 1;
        for (; left >= lines.length; left -= lines.length) pieces.push(...all);
        return [...pieces, ...chunks([...lines.slice(0, left), line(marked('CallVariable9', 'end', update))])];
      },
    },
  };
}

/** @returns the messages of one call, as JSON, and behind them one whose marks can be set */
export async function takeTemplates(bench: Bench): Promise<string[]> {
  const server = await CtiServerWithLoad.start(bench, VERSION);
  const session = createEmbedded(server.port, 'off');
  bench.after(() => session.disconnect());
  const life: string[] = [];
  let update = '';
  const ended = new Promise<void>((resolve) => {
    session.subscribe('AllInOne', (event: CilEvent) => {
      if (!event.interfaces.includes('ICallEvents')) return;
      const message = JSON.stringify(eventMessage(event, viewsOf(event), 'bench-session-node', 'ICallEvents'));
      if (event.objectId === `call.5000.${FIRST_CALL}.2001`) life.push(message);
      else if (event.args.CallVariable9 === '-') update = message;
      else if (event.args.CallVariable9 === 'end') resolve();
    });
  });
  session.connect();
  await within('the monitor mode of a session', session.setMessageFilter(''));
  // As in the flows: until the agents of the contact center are logged in.
  await pause(2_000);
  await server.send(ged188.opening);
  for (const piece of ged188.flood(EVENTS_OF_CALL * 2)) await server.send(piece);
  await within('the events of a call', ended);
  if (life.length !== EVENTS_OF_CALL || update === '') throw new Error(`${life.length} events of a call were taken`);
  return [...life, update];
}
