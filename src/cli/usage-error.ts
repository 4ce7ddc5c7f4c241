/** An invalid command line, or an invalid file named on it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
