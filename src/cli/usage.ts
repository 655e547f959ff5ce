/** The command line was wrong or an input could not be read: exit code 2. */
export class UsageError extends Error {}
