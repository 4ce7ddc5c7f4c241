/**
 * The external dependencies of the nodes: opening and testing a session, and the commands of a simulated contact
 * center. Tests replace them.
 */
import { simulatorCommands } from '../../../../src/embedded.js';
import { openSession } from './open-session.js';
import { testSession } from './test-session.js';

export const opening = { open: openSession, test: testSession, commands: simulatorCommands };
