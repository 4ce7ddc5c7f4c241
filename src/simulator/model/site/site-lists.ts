/**
 * The lists that people at the simulated contact center choose from. At a real site the administrator of the CTI OS
 * Server defines reasons and wrap-up texts (ReasonCodes\\NotReady and \\Logout, WrapupStrings\\Incoming: text ->
 * EventReasonCode); the CTI Server knows only the codes.
 */
import { dialedNumbers } from './default-site.js';

export const siteLists = {
  notReadyReasonCodes: { Break: 1, Lunch: 2, Meeting: 3, Training: 4, 'Follow-up work': 5, 'Team talk': 6 },
  logoutReasonCodes: { 'End of shift': 101, 'Change of desk': 102, Illness: 103 },
  incomingWrapupStrings: ['Order', 'Complaint', 'Question answered', 'To be called back', 'Wrong number'],
  /** The dialed numbers, and what each is for. */
  dialedNumbers,
} as const;
