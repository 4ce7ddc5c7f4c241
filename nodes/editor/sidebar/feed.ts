/**
 * Keeps a visible sidebar up to date: reports that it is open, receives the change notifications, and requests what it
 * shows. One request at a time: any number of notifications meanwhile cause one more.
 */
import { BELL, INTEREST_MS, type View, type ViewQuery } from '../../sidebar/view.js';

export interface FeedOwner {
  query(): ViewQuery;
  show(view: View): void;
  /** @param status HTTP status; 0 if there was no response */
  failed(status: number): void;
  /** Whether updates are paused; responses to user actions are still shown. */
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
      // The runtime may have been restarted, and with it its notifications.
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

  /** Requests what is shown now. */
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
