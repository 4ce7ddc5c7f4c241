/**
 * A supervisor joins an agent's call (SuperviseCall): monitors, barges in, intercepts, leaves. Source: CTI OS Developer
 * Guide, "Agent Object", SuperviseCall; CTI Server Message Reference Guide, SUPERVISE_CALL_REQ.
 */

import { callObjectId } from '../../../ctios/index.js';
import {
  ConnectionDeviceIDType,
  type MessageInit,
  type MessageOf,
  NULL_CALL_ID,
  SupervisoryAction,
} from '../../../ged188/index.js';
import { currentCallOf } from '../../model/current-call.js';
import type { ServerAgent, ServerCall } from '../../model/entities.js';
import { numberArgument } from '../../translation/call-requests.js';
import { refusal, refusalByCode } from '../../translation/failures.js';
import type { Context } from '../core/context.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Requests } from '../requests/request-dispatcher.js';
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

  #supervise(request: RequestContext): void {
    const { args, definition } = request;
    const watcher = this.watchers.of(request);
    const { supervisor } = watcher;
    if (supervisor === undefined) {
      request.respond(this.requests.noAgent(request));
      return;
    }
    if (this.watchers.refuses(request, supervisor)) return;
    const action = numberArgument(args.SupervisoryAction) ?? -1;
    const listens = action === SupervisoryAction.SUPERVISOR_MONITOR;
    const subject = {
      request: definition.name,
      objectId: supervisor.id,
      agentId: supervisor.agentId,
      peripheralId: supervisor.peripheralId,
    };
    if (listens && !this.context.settings.ccmBasedSilentMonitor) {
      const why = 'SuperviseCall: silent monitoring is CTI OS based here; the SilentMonitorManager does it.';
      request.respond(refusal(subject, 'E_CTIOS_INVALID_SILENT_MONITOR_MODE', why));
      return;
    }
    const agent = this.watchers.reference(request) ?? watcher.agent;
    if (agent === undefined) {
      this.watchers.refuseUnknown(request);
      return;
    }
    const reference = supervisedCall(request);
    const call =
      reference === undefined ? currentCallOf(agent.device) : this.context.world.calls.byReference(reference);
    // After an intercept the agent's call is over, but the supervisor may still leave.
    const leaves = action === SupervisoryAction.SUPERVISOR_CLEAR && watcher.joined !== undefined;
    if (reference !== undefined && call === undefined && !leaves) {
      request.respond(this.requests.noCall(request, reference));
      return;
    }
    if (action === SupervisoryAction.SUPERVISOR_INTERCEPT && watcher.joined === undefined) {
      const why = 'a call can be intercepted only after a barge-in.';
      request.respond(refusalByCode(subject, 'CF_INVALID_OBJECT_STATE', why));
      return;
    }
    this.requests.send<'SUPERVISE_CALL_CONF'>(
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
    AgentConnectionDeviceIDType: call?.deviceIdType ?? ConnectionDeviceIDType.CONNECTION_ID_NONE,
    AgentConnectionDeviceID: call?.deviceId,
    SupervisorConnectionCallID: own?.callId ?? NULL_CALL_ID,
    SupervisorConnectionDeviceIDType: own?.deviceIdType ?? ConnectionDeviceIDType.CONNECTION_ID_NONE,
    SupervisorConnectionDeviceID: own?.deviceId,
    SupervisoryAction: action,
    AgentID: agent.agentId,
    AgentExtension: agent.extension,
    AgentInstrument: agent.instrument,
    SupervisorInstrument: supervisor.instrument,
  };
}
