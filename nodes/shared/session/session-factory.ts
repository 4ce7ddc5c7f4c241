/**
 * What the nodes need of the outside world, in one place: how a session is opened and tested, and what a simulated
 * contact center can be told. Tests put others in their place.
 */
import { simulatorCommands } from '../../../src/embedded.js';
import { openSession, testSession } from './open-session.js';

export const opening = { open: openSession, test: testSession, commands: simulatorCommands };
