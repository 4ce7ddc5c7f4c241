/** Everything the dialogs share, under one name: `RED.ctios`. Registration remains a literal in each node's .html. */
import { actionLabel, prepareAction, saveAction } from './dialogs/action-dialog.js';
import { eventLabel, eventOutputLabel, prepareEvents, saveEvents } from './dialogs/dialogs.js';
import {
  prepareContact,
  prepareQuery,
  prepareScreenPop,
  prepareSimulate,
  prepareWait,
  prepareWatch,
  saveQuery,
  saveScreenPop,
  saveSimulate,
  saveWait,
  saveWatch,
} from './dialogs/helper-dialogs.js';
import { prepareSession, sessionLabel } from './dialogs/session-dialog.js';
import { prepareWebhook, saveWebhook } from './dialogs/webhook-dialog.js';
import * as valid from './fields/validators.js';
import { addPaletteWords } from './palette-words.js';
import { addStyle } from './style.js';
import { fetchWords } from './words.js';

addStyle();
fetchWords();
addPaletteWords();

RED.ctios = {
  session: { prepare: prepareSession, label: sessionLabel },
  events: { prepare: prepareEvents, save: saveEvents, label: eventLabel, outputLabel: eventOutputLabel },
  action: { prepare: prepareAction, save: saveAction, label: actionLabel },
  query: { prepare: prepareQuery, save: saveQuery },
  wait: { prepare: prepareWait, save: saveWait },
  screenPop: { prepare: prepareScreenPop, save: saveScreenPop },
  contact: { prepare: prepareContact, save: saveScreenPop },
  watch: { prepare: prepareWatch, save: saveWatch },
  simulate: { prepare: prepareSimulate, save: saveSimulate },
  webhook: { prepare: prepareWebhook, save: saveWebhook },
  valid,
};
