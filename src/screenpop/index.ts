/** Contact journeys, numbers and the once-only rule, apart from Node-RED. */
export { fillTemplate, readFields, readKeyword } from './fields.js';
export { asRegion, readNumber } from './numbers.js';
export { type PopOutput, ScreenPop, type ScreenPopDeps } from './screen-pop.js';
export * from './types.js';
