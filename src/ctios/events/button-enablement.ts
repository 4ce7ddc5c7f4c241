import { defineEvents, ownId } from '../definition.js';

/** What the current agent may do now. Agent mode only. */
export const buttonEnablementEvents = defineEvents({
  OnButtonEnablementChange: {
    interfaces: ['IButtonEnablementEvents'],
    id: ownId(1023),
    origin: 'cil',
    when: 'Permitted operations for current agent/call changed',
    required: ['EnablementMask', 'UniqueObjectID', 'MessageID'],
    optional: ['Monitored'],
    refine: { UniqueObjectID: { meaning: 'Object ID of the agent or call concerned' } },
    notes: [
      'Fired on agent events with a mask, on events of the current call with a mask, and when the current call changes.',
    ],
    aka: ['OnButtonEnablementMaskChange', 'eButtonEnablementMaskChange'],
    filterable: false,
  },
  OnSupervisorButtonChange: {
    interfaces: ['IButtonEnablementEvents'],
    id: ownId(1024),
    origin: 'cil',
    when: 'Permitted supervisor operations changed',
    required: ['SupervisorBtnEnablementMask'],
    optional: ['UniqueObjectID', 'MessageID'],
    refine: { MessageID: { meaning: 'Event ID of the event' } },
    aka: ['eSupervisorButtonChange'],
    filterable: false,
    cceOnly: true,
  },
});
