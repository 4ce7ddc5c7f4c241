/** The version of the Dashboard that the flows of this folder use. `.ci/run` installs this version for the tests. */
export const DASHBOARD = { name: '@flowfuse/node-red-dashboard', version: '1.31.0' } as const;
