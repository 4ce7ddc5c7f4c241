/** Events that change no object: they are published with the call or agent that they concern, to its clients. */
import type { MessageOf } from '../../../ged188/index.js';
import type { ServerAgent } from '../../model/entities.js';
import { emergencyCall, networkRecording, networkRecordingEvents, rtp } from '../../translation/media-events.js';
import type { Context } from '../core/context.js';
import { UNADDRESSED } from '../core/publisher.js';

export class RelayedEvents {
  constructor(private readonly context: Context) {}

  rtp(m: MessageOf<'RTP_STARTED_EVENT'> | MessageOf<'RTP_STOPPED_EVENT'>): void {
    const { world, publisher } = this.context;
    const call = world.calls.find(m.PeripheralID, m.ConnectionCallID, m.ConnectionDeviceID);
    const device = call?.device ?? world.devices.find(m.PeripheralID, m.AgentInstrument ?? m.ConnectionDeviceID);
    const event = m.type === 'RTP_STARTED_EVENT' ? 'OnCallRTPStarted' : 'OnCallRTPStopped';
    publisher.publish(event, rtp(m, call), device?.audience ?? UNADDRESSED);
  }

  networkRecording(m: MessageOf<keyof typeof networkRecordingEvents>): void {
    const { world, publisher } = this.context;
    const call = world.calls.find(m.PeripheralID, m.ConnectionCallID, m.ConnectionDeviceID);
    const device = call?.device ?? world.devices.find(m.PeripheralID, m.ConnectionDeviceID);
    publisher.publish(networkRecordingEvents[m.type], networkRecording(m, call), device?.audience ?? UNADDRESSED);
  }

  /** For the agent who needs help, and for the supervisors of the agent's teams. */
  emergency(m: MessageOf<'EMERGENCY_CALL_EVENT'>): void {
    const { world, publisher } = this.context;
    const agent = world.agents.find(m.PeripheralID, m.AgentID);
    const args = emergencyCall(m);
    if (agent !== undefined) args.UniqueObjectID = agent.id;
    publisher.publish('OnEmergencyCall', args, agent === undefined ? UNADDRESSED : { agent: agent.id });
    if (agent === undefined) return;
    const teams = [...world.teams.of(agent.peripheralId, agent.agentId)];
    const leads = (other: ServerAgent) => other !== agent && teams.some((team) => team.supervisedBy(other.agentId));
    for (const client of this.context.desktops.clientsWhere(leads))
      publisher.publish('OnEmergencyCall', args, { client });
  }
}
