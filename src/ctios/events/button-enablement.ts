import { defineEvents, ownId } from '../definition.js';

/** The actions currently available to the agent. Agent mode only. */
export const buttonEnablementEvents = defineEvents({
  OnButtonEnablementChange: {
    interfaces: ['IButtonEnablementEvents'],
    id: ownId(1023),
    origin: 'cil',
    when: 'The permitted operations of the current agent or call changed',
    required: ['EnablementMask', 'UniqueObjectID', 'MessageID'],
    optional: ['Monitored'],
    refine: { UniqueObjectID: { meaning: 'Object ID of the agent or call concerned' } },
    notes: ['Sent for events of the agent or the current call that contain a mask, and when the current call changes.'],
    aka: ['OnButtonEnablementMaskChange', 'eButtonEnablementMaskChange'],
    filterable: false,
  },
  OnSupervisorButtonChange: {
    interfaces: ['IButtonEnablementEvents'],
    id: ownId(1024),
    origin: 'cil',
    when: 'The permitted supervisor operations changed',
    required: ['SupervisorBtnEnablementMask'],
    optional: ['UniqueObjectID', 'MessageID'],
    refine: { MessageID: { meaning: 'Event ID of the event' } },
    aka: ['eSupervisorButtonChange'],
    filterable: false,
    cceOnly: true,
  },
});
