/** What can be made to go wrong between a CTI Server and its clients, without touching the telephony behind it. */

export interface PlannedRefusal {
  /** Message names, "ANSWER_CALL_REQ"; undefined: every control request. */
  readonly requests: ReadonlySet<string> | undefined;
  readonly failureCode: number;
  readonly peripheralErrorCode: number;
  /** How many requests it still refuses. */
  remaining: number;
}

export class Faults {
  /** Milliseconds by which confirmations come late; what was asked is done at once all the same. */
  confirmationDelayMs = 0;
  /** Agent state events come twice. */
  duplicateAgentEvents = false;
  /** Milliseconds by which agent state events come after the call events they belong with. */
  agentEventDelayMs = 0;
  readonly refusals: PlannedRefusal[] = [];

  /** The refusal planned for this request, which it uses up; undefined: carry it out. */
  refuse(request: string): PlannedRefusal | undefined {
    const index = this.refusals.findIndex((each) => each.requests === undefined || each.requests.has(request));
    const found = this.refusals[index];
    if (found === undefined) return undefined;
    found.remaining--;
    if (found.remaining <= 0) this.refusals.splice(index, 1);
    return found;
  }

  clear(): void {
    this.confirmationDelayMs = 0;
    this.duplicateAgentEvents = false;
    this.agentEventDelayMs = 0;
    this.refusals.length = 0;
  }
}
