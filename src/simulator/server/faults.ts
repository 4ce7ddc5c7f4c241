/** Faults between a CTI Server and its clients, which do not affect the telephony behind it. */

export interface PlannedRefusal {
  /** Message names, "ANSWER_CALL_REQ"; undefined: every control request. */
  readonly requests: ReadonlySet<string> | undefined;
  readonly failureCode: number;
  readonly peripheralErrorCode: number;
  /** Number of requests still to be refused. */
  remaining: number;
}

export class Faults {
  /** Delay of confirmations in milliseconds; the requests themselves are carried out immediately. */
  confirmationDelayMs = 0;
  /** Agent state events are sent twice. */
  duplicateAgentEvents = false;
  /** Delay of agent state events behind the related call events, in milliseconds. */
  agentEventDelayMs = 0;
  readonly refusals: PlannedRefusal[] = [];

  /** The planned refusal of this request, which is then used up; undefined: carry it out. */
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
