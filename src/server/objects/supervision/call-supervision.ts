/**
 * A supervisor joins an agent's call (SuperviseCall): listens, barges in, intercepts, leaves. Source: CTI OS Developer
 * Guide, "Agent Object", SuperviseCall; CTI Server Message Reference Guide, SUPERVISE_CALL_REQ.
 */

import { callObjectId } from '../../../ctios/index.js';
import { type MessageInit, type MessageOf, NULL_CALL_ID, SupervisoryAction } from '../../../ged188/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import type { RequestResult } from '../../object-server.js';
import { numberArgument } from '../../translation/call-requests.js';
import { refusal, refusalByCode } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext, Requests } from '../requests/request-dispatcher.js';
import { supervisedCall } from '../requests/subjects.js';
import type { MonitoringClient, MonitoringClients } from './monitoring-clients.js';
import type { UnifiedCmSilentMonitor } from './unified-cm-silent-monitor.js';

export class CallSupervision {
  constructor(
    private readonly context: Context,
    private readonly requests: Requests,
    private readonly watchers: MonitoringClients,
    private readonly listening: UnifiedCmSilentMonitor,
  ) {
    requests.add('SuperviseCall', (request) => this.#supervise(request));
  }

  async #supervise(request: RequestContext): Promise<RequestResult> {
    const { args, definition } = request;
    const watcher = this.watchers.of(request);
    const { supervisor } = watcher;
    if (supervisor === undefined) return this.requests.noAgent(request);
    const refused = this.watchers.refused(request, supervisor);
    if (refused !== undefined) return refused;
    const action = numberArgument(args.SupervisoryAction) ?? -1;
    const listens = action === SupervisoryAction.SUPERVISOR_MONITOR;
    const subject = {
      request: definition.name,
      objectId: supervisor.id,
      agentId: supervisor.agentId,
      peripheralId: supervisor.peripheralId,
    };
    if (listens && !this.context.settings.ccmBasedSilentMonitor) {
      return refusal(
        subject,
        'E_CTIOS_INVALID_SILENT_MONITOR_MODE',
        'SuperviseCall: silent monitoring is CTI OS based here; the SilentMonitorManager does it.',
      );
    }
    const agent = this.watchers.reference(request) ?? watcher.agent;
    if (agent === undefined) return this.watchers.noAgent(request);
    const reference = supervisedCall(request);
    const call =
      reference === undefined ? currentCallOf(agent.device) : this.context.world.calls.byReference(reference);
    // After an intercept the agent's call is over, and the supervisor may leave all the same.
    const leaves = action === SupervisoryAction.SUPERVISOR_CLEAR && watcher.joined !== undefined;
    if (reference !== undefined && call === undefined && !leaves) {
      return this.requests.noCall({ ...request, target: reference });
    }
    if (action === SupervisoryAction.SUPERVISOR_INTERCEPT && watcher.joined === undefined) {
      return refusalByCode(subject, 'CF_INVALID_OBJECT_STATE', 'a call can be intercepted only after a barge-in.');
    }
    return await this.requests.send<'SUPERVISE_CALL_CONF'>(
      request,
      subject,
      superviseCall(watcher, agent, call, supervisor, action),
      {
        after: (m) => this.#joined(watcher, agent, call, action, m),
      },
    );
  }

  #joined(
    watcher: MonitoringClient,
    agent: ServerAgent,
    call: ServerCall | undefined,
    action: number,
    m: MessageOf<'SUPERVISE_CALL_CONF'>,
  ): void {
    const connection = callObjectId(agent.peripheralId, m.ConnectionCallID, m.ConnectionDeviceID ?? '');
    switch (action) {
      case SupervisoryAction.SUPERVISOR_MONITOR:
        this.listening.started(watcher.supervisor!, agent, call, connection);
        watcher.joined = connection;
        break;
      case SupervisoryAction.SUPERVISOR_BARGE_IN:
        watcher.joined = connection;
        watcher.action = 'bargedIn';
        break;
      case SupervisoryAction.SUPERVISOR_INTERCEPT:
        watcher.action = 'intercepted';
        break;
      case SupervisoryAction.SUPERVISOR_CLEAR:
        watcher.joined = undefined;
        watcher.action = undefined;
        break;
    }
    if (watcher.agent === undefined) watcher.agent = agent;
    if (watcher.call === undefined) watcher.call = call;
    this.watchers.tellButtons(watcher);
  }
}

const CONNECTION_ID_NONE = 0xffff;

function superviseCall(
  watcher: MonitoringClient,
  agent: ServerAgent,
  call: ServerCall | undefined,
  supervisor: ServerAgent,
  action: number,
): MessageInit {
  const own = [...(supervisor.device?.calls ?? [])].find((each) => each.id === watcher.joined);
  return {
    type: 'SUPERVISE_CALL_REQ',
    PeripheralID: agent.peripheralId,
    AgentConnectionCallID: call?.callId ?? NULL_CALL_ID,
    AgentConnectionDeviceIDType: call?.deviceIdType ?? CONNECTION_ID_NONE,
    AgentConnectionDeviceID: call?.deviceId,
    SupervisorConnectionCallID: own?.callId ?? NULL_CALL_ID,
    SupervisorConnectionDeviceIDType: own?.deviceIdType ?? CONNECTION_ID_NONE,
    SupervisorConnectionDeviceID: own?.deviceId,
    SupervisoryAction: action,
    AgentID: agent.agentId,
    AgentExtension: agent.extension,
    AgentInstrument: agent.instrument,
    SupervisorInstrument: supervisor.instrument,
  };
}
