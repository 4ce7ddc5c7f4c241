import type { Args } from '../../../ctios/index.js';
import { changedData } from '../../model/call-data-changes.js';
import type { ServerCall } from '../../model/entities.js';
import { callData } from '../../translation/call-data.js';
import { wholeCall } from '../../translation/call-events.js';
import { callRequestTranslations } from '../../translation/call-requests.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
import { subjectOfCall } from '../requests/request-results.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import { partiesOf } from './reconciliation.js';

/**
 * Call.Snapshot. The guide's chapters disagree about the response. It is OnSnapshotCallConf, then OnCallDataUpdate: to
 * everyone whom the call concerns if the snapshot contained news, otherwise to the requester.
 */
export class CallSnapshot {
  constructor(
    private readonly requests: Requests,
    private readonly calls: CallTracker,
  ) {
    requests.add('Snapshot', (request) => this.#snapshot(request));
  }

  #snapshot(request: RequestContext): void {
    const call = this.requests.callFor(request);
    if (call === undefined) return;
    let changed: Args | undefined;
    const subject = subjectOfCall('Snapshot', call);
    this.requests.send<'SNAPSHOT_CALL_CONF'>(request, subject, callRequestTranslations.Snapshot!(call, request.args), {
      // The call has ended while the query was pending: its response must not restore the call.
      instead: () => (this.requests.isKnown(call) ? undefined : this.requests.noCall(request)),
      args: (m) => {
        changed = changedData(call.data, callData(m));
        if (changed !== undefined) Object.assign(call.data, changed);
        return this.calls.complete(call, { ...wholeCall(call), ...partiesOf(m, call) });
      },
      after: () => this.#update(call, changed, request.from.clientId),
    });
  }

  #update(call: ServerCall, changed: Args | undefined, client: string): void {
    if (changed !== undefined) this.calls.publish(DATA_UPDATE, call, changed);
    else this.calls.publish(DATA_UPDATE, call, wholeCall(call), { client });
  }
}

const DATA_UPDATE = { event: 'OnCallDataUpdate', monitored: 'OnMonitoredCallDataUpdate' };
