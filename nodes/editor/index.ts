/** Everything the dialogs share, under one name: `RED.ctios`. Registration stays a literal in each node's .html. */
import { actionLabel, prepareAction, saveAction } from './action-dialog.js';
import { eventLabel, eventOutputLabel, prepareEvents, saveEvents } from './dialogs.js';
import {
  prepareContact,
  prepareQuery,
  prepareScreenPop,
  prepareSimulate,
  prepareWait,
  saveQuery,
  saveScreenPop,
  saveSimulate,
  saveWait,
} from './helper-dialogs.js';
import { addPaletteWords } from './palette-words.js';
import { prepareSession, sessionLabel } from './session-dialog.js';
import { addStyle } from './style.js';
import * as valid from './validators.js';
import { prepareWebhook, saveWebhook } from './webhook-dialog.js';
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
  simulate: { prepare: prepareSimulate, save: saveSimulate },
  webhook: { prepare: prepareWebhook, save: saveWebhook },
  valid,
};
