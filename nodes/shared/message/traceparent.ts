/** The place in a trace that a message carries (W3C Trace Context): from an earlier node, or from wherever a flow got it. */
import { isRecord, type Message } from './values.js';

const FORM = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[\x21-\x7e]*)?$/;

/** `msg.ctios.traceparent`, or `msg.traceparent`; undefined if it is none. */
export function traceparentIn({ ctios, traceparent }: Message): string | undefined {
  const text = (isRecord(ctios) ? ctios.traceparent : undefined) ?? traceparent;
  return typeof text === 'string' && text.length <= 256 && FORM.test(text) ? text : undefined;
}

/** What follows a node that has done something belongs behind it. */
export function putTraceparent(msg: Message, traceparent: string): void {
  if (isRecord(msg.ctios)) msg.ctios = { ...msg.ctios, traceparent };
  else msg.traceparent = traceparent;
}
