/**
 * The order in which messages and answers of the CTI Server arrive. An object remembers the arrival it was last made
 * right by, so that an answer to an older question never overrules a newer event.
 */
export class MessageOrder {
  #count = 0;
  /** The arrival that is being dealt with. */
  current = 0;

  next(): number {
    this.current = ++this.#count;
    return this.current;
  }
}
