import type { Args } from '../../../ctios/index.js';
import { changedData } from '../../model/call-data-changes.js';
import type { ServerCall } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import { callData } from '../../translation/call-data.js';
import { wholeCall } from '../../translation/call-events.js';
import { callRequestTranslations } from '../../translation/call-requests.js';
import { type RequestContext, type Requests, subjectOfCall } from '../requests/request-dispatcher.js';
import type { CallTracker } from '../tracking/call-tracker.js';
import { partiesOf } from './reconciliation.js';

/**
 * Call.Snapshot. The guide's chapters disagree on what answers it: it is OnSnapshotCallConf, then OnCallDataUpdate, to
 * everybody whom the call concerns if the snapshot brought news of it, else to the one who asked.
 */
export class CallSnapshot {
  constructor(
    private readonly requests: Requests,
    private readonly calls: CallTracker,
  ) {
    requests.add('Snapshot', (request) => this.#snapshot(request));
  }

  #snapshot(request: RequestContext): Promise<RequestResult> | RequestResult {
    const call = this.requests.callOf(request);
    if (call === undefined) return this.requests.noCall(request);
    let changed: Args | undefined;
    const subject = subjectOfCall('Snapshot', call);
    return this.requests.send<'SNAPSHOT_CALL_CONF'>(
      request,
      subject,
      callRequestTranslations.Snapshot!(call, request.args),
      {
        // The call has ended while the question was on its way: its answer must not bring it back.
        late: () => (this.requests.isKnown(call) ? undefined : this.requests.noCall(request)),
        args: (m) => {
          changed = changedData(call.data, callData(m));
          if (changed !== undefined) Object.assign(call.data, changed);
          return this.calls.complete(call, { ...wholeCall(call), ...partiesOf(m, call) });
        },
        after: () => this.#update(call, changed, request.from.clientId),
      },
    );
  }

  #update(call: ServerCall, changed: Args | undefined, client: string): void {
    if (changed !== undefined) this.calls.publish(DATA_UPDATE, call, changed);
    else this.calls.publish(DATA_UPDATE, call, wholeCall(call), { client });
  }
}

const DATA_UPDATE = { event: 'OnCallDataUpdate', monitored: 'OnMonitoredCallDataUpdate' };
