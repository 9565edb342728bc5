import { writeGuideFiles } from '../guide.ts'
import type { Project, Tool } from '../tool.ts'

/** How many requests are made, and how many spans there must be. */
const REQUESTS = 5

const openTelemetryPackages = ['api', 'instrumentation', 'sdk-trace-node'].map(
  (name) => `@opentelemetry/${name}`,
)

/** Each tool records a span for each request. Those that record the address do not with the guide's hooks. */
export const traces: readonly Tool[] = [
  {
    name: 'OpenTelemetry',
    packages: ['@opentelemetry/instrumentation-undici', ...openTelemetryPackages],
    observe: observeOpenTelemetry,
  },
  {
    name: 'Sentry',
    packages: ['@sentry/node'],
    observe: (project) => observeWithGuide(project, 'sentry.mjs'),
  },
  {
    name: 'Elastic',
    packages: ['elastic-apm-node'],
    observe: (project) => observeWithGuide(project, 'elastic.mjs'),
  },
  { name: 'New Relic', packages: ['newrelic'], observe: observeNewRelic },
  {
    name: 'dd-trace',
    packages: ['dd-trace'],
    observe: async (project) => describe(await recorded(project, ['dd-trace.mjs'])),
  },
]

interface Recorded {
  readonly spans: number
  readonly namesParticipant: boolean
  /** The values of `url.template`. */
  readonly templates?: readonly (string | null)[]
}

async function observeOpenTelemetry({ folder, node }: Project): Promise<string> {
  await writeGuideFiles(folder)
  for (const mode of ['alone', 'guide', 'own']) {
    const results: Record<string, Recorded> = JSON.parse(await node(['opentelemetry.mjs', mode]))
    for (const [transport, result] of Object.entries(results)) {
      const { spans, namesParticipant, templates = [] } = result
      const isTemplated = templates.length === 2 && !templates.includes(null)
      const isAlone = mode === 'alone'
      if (spans !== REQUESTS || namesParticipant !== isAlone || isTemplated === isAlone) {
        fail(`${mode}, ${transport}`, result)
      }
    }
  }
  return 'records a span for each request, and the participant with it; with the guide’s hook only a `url.template`'
}

async function observeWithGuide(project: Project, program: string): Promise<string> {
  await writeGuideFiles(project.folder)
  const alone = await recorded(project, [program])
  const guided = await recorded(project, [program, 'guide'])
  if (!alone.namesParticipant || guided.namesParticipant) fail(program, guided)
  return `${describe(alone)}; with the guide’s hook none does`
}

async function observeNewRelic(project: Project): Promise<string> {
  const settings = { APP_NAME: 'test', SERVERLESS_MODE_ENABLED: 'true', LOG_ENABLED: 'false' }
  const entries = Object.entries(settings).map(([name, value]) => [`NEW_RELIC_${name}`, value])
  const result = await recorded(project, ['newrelic.mjs'], Object.fromEntries(entries))
  return describe(result)
}

async function recorded(
  { node }: Project,
  args: readonly string[],
  env?: Record<string, string>,
): Promise<Recorded> {
  const result: Recorded = JSON.parse(await node(args, env))
  if (result.spans !== REQUESTS) fail(args.join(' '), result)
  return result
}

function describe(result: Recorded | undefined): string {
  return `records a span for each request${result?.namesParticipant ? ', and the participant with it' : ''}`
}

function fail(what: string, result: Recorded): never {
  throw new Error(`${what}: ${JSON.stringify(result)}`)
}
