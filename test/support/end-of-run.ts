/**
 * Ends the run when nothing is open any more. Node.js 20 would end by itself, but may spin forever while it takes down its
 * environment, waiting for a request that has long been over (`Environment::CleanupHandles`), and then writes no coverage either.
 */
process.once('beforeExit', () => process.exit());
