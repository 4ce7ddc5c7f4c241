/** The recipes, in the order of the menu. */
import type { Flow } from '../flow.js';
import { breakPlanner } from './agents/break-planner.js';
import { overflow } from './agents/overflow.js';
import { teams } from './agents/teams.js';
import { whisper } from './agents/whisper.js';
import { wrapUpTimeOut } from './agents/wrap-up-time-out.js';
import { answer } from './calls/answer.js';
import { callBacks } from './calls/call-backs.js';
import { cardData } from './calls/card-data.js';
import { clickToDial } from './calls/click-to-dial.js';
import { transfer } from './calls/transfer.js';
import { vip } from './calls/vip.js';
import { alarm } from './data/alarm.js';
import { gap } from './data/gap.js';
import { lists } from './data/lists.js';
import { matches } from './data/matches.js';
import { postgres } from './data/postgres.js';
import { reconciliation } from './data/reconciliation.js';
import { report } from './data/report.js';

export const RECIPES: ReadonlyArray<() => Flow> = [
  clickToDial,
  callBacks,
  wrapUpTimeOut,
  breakPlanner,
  alarm,
  vip,
  whisper,
  report,
  overflow,
  cardData,
  postgres,
  teams,
  lists,
  reconciliation,
  matches,
  gap,
  transfer,
  answer,
];
