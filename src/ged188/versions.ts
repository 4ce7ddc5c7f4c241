/** Protocol versions. */

/** The oldest supported version: Unified CCX begins here, Unified CCE at 13. */
export const MIN_VERSION = 10;
/** Newest version with a published guide. */
export const MAX_VERSION = 25;
/** From this version on the tags and lengths of floating fields are two bytes wide; before, one. */
export const WIDE_TAGS_SINCE = 20;

/**
 * The version whose layouts apply to a session of the given version: a newer server is read as the newest known one.
 */
export const layoutVersion = (version: number): number => {
  if (version >= MAX_VERSION) return MAX_VERSION;
  return version <= MIN_VERSION ? MIN_VERSION : Math.trunc(version);
};
