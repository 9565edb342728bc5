/** One exit code for each kind of failure, as listed by `--help`. Scripts depend on them. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  authentication: 3,
  notFound: 4,
  rateLimit: 5,
  network: 6,
  provider: 7,
  output: 8,
  interrupted: 130,
} as const

/** What each exit code means, for `--help`. */
export const EXIT_CODES_HELP: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'everything was listed, or the reader closed the pipe'],
  ['1', 'unexpected error'],
  ['2', 'usage: wrong arguments, missing credentials, or a participant that the provider cannot look up'],
  ['3', 'authentication: the credentials are wrong or do not allow this'],
  ['4', 'not found: no such participant, service, workspace or channel'],
  ['5', 'rate limit: the provider kept returning 429'],
  ['6', 'network: the provider could not be reached, or took too long'],
  ['7', 'provider: it failed, refused the request, or sent something unexpected'],
  ['8', 'output: the conversations or the checkpoint could not be written'],
  ['130', 'interrupted with Ctrl-C'],
]
