/** Validates names of sites and groups, which become parts of names on the engine. Pure: the editor uses it, too. */
const NAME = /^[A-Za-z0-9-]{1,32}$/;

/** @returns a description of the problem with the name, or undefined if it is valid */
export function nameProblem(name: string): string | undefined {
  return NAME.test(name) ? undefined : `"${name}" is not valid: use 1 to 32 letters, digits and hyphens`;
}
