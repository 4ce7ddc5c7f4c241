/** The support bundle: what those who mend a fault need to know. */
export { RecentLines } from './recent-lines.js';
export { withoutNames } from './scrub.js';
export { type SupportFacts, supportBundle } from './support-bundle.js';
