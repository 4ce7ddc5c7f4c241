/** The command line, or a file that it names, asks for something that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
