/** The built-in scenarios, by name. */
import type { Scenario } from './format.js';
import { blindTransfer, conference, consultAndReconnect, transferWithContext } from './shipped/calls-passed-on.js';
import { morningRush, queueAndAbandon } from './shipped/many-calls.js';
import { holdAndWrapUp, inboundCall, requestResponse, ringNoAnswer } from './shipped/one-call.js';
import { emergencyCallScenario, supervisorHelp, supervisorsMorning } from './shipped/supervision.js';
import { failoverInTransfer, maintenanceHandOver, peripheralOutage, troubledSwitch } from './shipped/trouble.js';

export const shippedScenarios: Readonly<Record<string, Scenario>> = Object.fromEntries(
  [
    inboundCall,
    requestResponse,
    holdAndWrapUp,
    ringNoAnswer,
    blindTransfer,
    transferWithContext,
    consultAndReconnect,
    conference,
    queueAndAbandon,
    morningRush,
    supervisorHelp,
    emergencyCallScenario,
    supervisorsMorning,
    failoverInTransfer,
    maintenanceHandOver,
    peripheralOutage,
    troubledSwitch,
  ].map((scenario) => [scenario.name, scenario]),
);
