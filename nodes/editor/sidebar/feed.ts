/**
 * Keeps a sidebar up to date while it is seen: says that it is open, hears the bell, and asks for what it shows. One
 * question at a time: however often the bell rings meanwhile, one more follows.
 */
import { BELL, INTEREST_MS, type View, type ViewQuery } from '../../sidebar/view.js';

export interface FeedOwner {
  query(): ViewQuery;
  show(view: View): void;
  /** @param status HTTP status; 0 when there was no answer */
  failed(status: number): void;
  /** No news is wanted for now; what the user does is answered all the same. */
  paused(): boolean;
}

export class Feed {
  #id = Math.random().toString(36).slice(2);
  #open = false;
  #asking = false;
  #again = false;
  #renewal = 0;
  #onBell = (): void => {
    if (!this.owner.paused()) this.ask();
  };

  constructor(private readonly owner: FeedOwner) {}

  get open(): boolean {
    return this.#open;
  }

  start(): void {
    if (this.#open) return;
    this.#open = true;
    RED.comms.subscribe(BELL, this.#onBell);
    this.#renewal = window.setInterval(() => {
      this.#interest('PUT');
      // The runtime may have been started anew, and its bell with it.
      this.#onBell();
    }, INTEREST_MS / 4);
    this.#interest('PUT');
    this.ask();
  }

  stop(): void {
    if (!this.#open) return;
    this.#open = false;
    RED.comms.unsubscribe(BELL, this.#onBell);
    window.clearInterval(this.#renewal);
    this.#interest('DELETE');
  }

  /** Asks for what is shown now. */
  ask(): void {
    if (!this.#open) return;
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    this.#again = false;
    $.getJSON('ctios/sidebar/view', this.owner.query())
      .done((view: View) => {
        if (this.#open) this.owner.show(view);
      })
      .fail((answer: JQuery.jqXHR) => {
        if (this.#open) this.owner.failed(answer.status);
      })
      .always(() => {
        this.#asking = false;
        if (this.#again) this.ask();
      });
  }

  #interest(method: 'PUT' | 'DELETE'): void {
    // Whether it was heard shows with the next question.
    $.ajax({ url: `ctios/sidebar/watchers/${this.#id}`, method }).fail(() => undefined);
  }
}
