/**
 * Flow tests: a flow in a real Node-RED, with a simulated contact center, receivers for its HTTP requests, and virtual time. Needs
 * `node-red` and `sinon`, which are installed beside it.
 */
export type {
  Eventually,
  Excepted,
  Expect,
  ExpectedError,
  ExpectedMessage,
  ExpectedRequest,
  ExpectedStatus,
  Order,
  Within,
} from './expectations.js';
export { type FlowTest, openFlow } from './flow-test.js';
export type { Entry, FlowMessage, NamedNode } from './journal.js';
export type { Match } from './matching.js';
export type { RunningNode } from './node-red.js';
export type {
  Duration,
  FlowTestOptions,
  ReceivedRequest,
  Receiver,
  ReceiverAnswer,
  Receivers,
  SavedNode,
  TestWorld,
} from './options.js';
export type { FlowAnswer, TestWebSocket, VisitorRequest } from './pages.js';
export type { NewCall, TestAgent, TestCallData, TestCaller } from './people.js';
