/** A setting is missing or wrong. */
export class SettingError extends Error {}

/** What the environment sets. Every number bounds something. */
export interface Settings {
  readonly redisUrl: string
  readonly databaseUrl: string
  /** Pages in flight per account, in one worker process. */
  readonly concurrency: number
  /** Connections to Postgres of one process. `import --query` reads on one of them while it writes on another. */
  readonly databaseConnections: number
  /** Requests per second to one provider account, by all workers together. 0: no limit. */
  readonly requestsPerSecond: number
  /** Time limit of a request. */
  readonly timeoutMs: number
  /** How long a worker may be silent before its jobs are given to another one. */
  readonly lockMs: number
  /** Jobs per account that Redis holds at once; the others wait in Postgres. */
  readonly jobsInRedis: number
  /** How long a graceful stop may take before requests in flight are aborted. */
  readonly stopMs: number
  /** Where Prometheus finds the metrics of a worker. 0: nowhere. */
  readonly metricsPort: number
  readonly dashboardPort: number
  /** The address on which metrics and dashboard are served. Neither asks for a password. */
  readonly host: string
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return {
    redisUrl: env.REDIS_URL ?? 'redis://127.0.0.1:6379',
    databaseUrl: env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test',
    concurrency: wholeNumber(env, 'CONCURRENCY', 8, 1),
    databaseConnections: wholeNumber(env, 'DATABASE_CONNECTIONS', 4, 2),
    requestsPerSecond: wholeNumber(env, 'REQUESTS_PER_SECOND', 50, 0),
    timeoutMs: wholeNumber(env, 'TIMEOUT_MS', 10_000, 1),
    lockMs: wholeNumber(env, 'LOCK_MS', 30_000, 100),
    jobsInRedis: wholeNumber(env, 'JOBS_IN_REDIS', 10_000, 100),
    stopMs: wholeNumber(env, 'STOP_MS', 8_000, 0),
    metricsPort: wholeNumber(env, 'METRICS_PORT', 0, 0),
    dashboardPort: wholeNumber(env, 'DASHBOARD_PORT', 3_000, 1),
    host: env.HOST ?? '127.0.0.1',
  }
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, byDefault: number, min: number): number {
  const text = env[name]
  if (text === undefined || text === '') return byDefault
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < min) {
    throw new SettingError(`${name} must be a whole number of at least ${min}, but is "${text}"`)
  }
  return number
}
