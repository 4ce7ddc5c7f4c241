/**
 * The order in which messages and responses of the CTI Server arrive. Each object remembers the message that last
 * confirmed it, so that the response to an older query never overrules a newer event.
 */
export class MessageOrder {
  #count = 0;
  /** The sequence number of the message being processed. */
  current = 0;

  next(): number {
    this.current = ++this.#count;
    return this.current;
  }
}
