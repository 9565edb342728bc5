import { strangerOrigin, twilioOrigin } from './account.ts'
import { type Case, type CaseName, cases, ENDLESS } from './cases.ts'
import { type ContestantName, contestants } from './contestants.ts'
import { stayOnLoopback } from './loopback-only.ts'
import { runInOwnProcess } from './run-in-own-process.ts'
import { type Authorization, STRANGERS_SID, serveStranger } from './servers.ts'
import { type End, runTrial, type Trial } from './trial.ts'

/** What one contestant did in one case. */
export interface Outcome {
  readonly delivered: number
  /** How many of them came from the stranger. */
  readonly deliveredByStranger: number
  /** How many requests the provider received. */
  readonly requests: number
  /** What the stranger received, one entry for each request. */
  readonly strangerGot: readonly Authorization[]
  readonly end: End
  /** Whether it would have continued forever. */
  readonly isEndless: boolean
  /** Only in cases with their own process. */
  readonly unhandled: readonly string[]
  /** Only in cases about memory. */
  readonly grownMebibytes: number | null
}

export interface Row {
  readonly name: CaseName
  readonly outcomes: Readonly<Record<ContestantName, Outcome>>
}

/** The official package may wait forever; this is long enough for all of its retries. */
const GIVE_UP_MS = 15_000

/** This library always ends by itself. How soon depends on the machine. */
const NEVER_MS = 600_000

// `Object.entries()` loses the type of the names.
const allCases = Object.entries(cases) as [CaseName, Case][]

/** Runs both contestants through the cases that `isWanted` accepts, each with its own servers. */
export async function compare(isWanted: (hostile: Case) => boolean = () => true): Promise<Row[]> {
  const { lookedUp } = stayOnLoopback()
  const wanted = allCases.filter(([, hostile]) => isWanted(hostile))
  const rows = new Map<CaseName, Row>()
  const runInTurn = async (entries: readonly [CaseName, Case][]): Promise<void> => {
    for (const entry of entries) rows.set(entry[0], await compareOne(entry))
  }
  // The first case runs alone, so that both have loaded everything before a case with a time limit.
  await runInTurn(wanted.slice(0, 1))
  const others = wanted.slice(1)
  const isTimed = ({ timeoutMs }: Case): boolean => timeoutMs !== undefined
  // Most cases run one after the other: a burst would delay those with a time limit.
  await Promise.all([
    ...others.filter(([, hostile]) => isTimed(hostile)).map((entry) => runInTurn([entry])),
    runInTurn(others.filter(([, hostile]) => !isTimed(hostile) && !hostile.isInOwnProcess)),
    runInTurn(others.filter(([, hostile]) => hostile.isInOwnProcess)),
  ])
  if (lookedUp.length > 0) throw new Error(`Somebody has left loopback, for ${lookedUp.join(', ')}`)
  return wanted.flatMap(([name]) => rows.get(name) ?? [])
}

async function compareOne([name, hostile]: [CaseName, Case]): Promise<Row> {
  const [official, own] = await Promise.all([
    runCase(hostile, 'twilio'),
    runCase(hostile, 'participant-conversations'),
  ])
  return { name, outcomes: { twilio: official, 'participant-conversations': own } }
}

async function runCase(hostile: Case, contestant: ContestantName): Promise<Outcome> {
  await using stranger = await serveStranger()
  await using provider = await hostile.serve(stranger.url)
  const { program = 'list', timeoutMs } = hostile
  const giveUpMs = contestant === 'twilio' ? (hostile.giveUpMs ?? GIVE_UP_MS) : NEVER_MS
  const places = { providerUrl: provider.url, strangerUrl: stranger.url }
  const setting = timeoutMs === undefined ? places : { ...places, timeoutMs }

  let trial: Trial
  let unhandled: readonly string[] = []
  if (hostile.isInOwnProcess) {
    const output = await runInOwnProcess({ contestant, program, setting, giveUpMs })
    if (output.lookedUp.length > 0) throw new Error(`${contestant} has left loopback`)
    ;({ trial, unhandled } = output)
  } else {
    trial = await runTrial(contestants[contestant], program, setting, giveUpMs)
  }
  const { delivered, end, grownMebibytes } = trial
  return {
    delivered: delivered.length,
    deliveredByStranger: delivered.filter((sid) => sid === STRANGERS_SID).length,
    requests: provider.requestCount,
    strangerGot: [...stranger.got],
    end: withPublicUrls(end, provider.url, stranger.url),
    isEndless: provider.requestCount >= ENDLESS,
    unhandled,
    grownMebibytes: hostile.isAboutMemory ? grownMebibytes : null,
  }
}

/** Replaces loopback origins, whose ports differ in each run. */
function withPublicUrls(end: End, providerUrl: string, strangerUrl: string): End {
  if (end.kind !== 'threw') return end
  const message = end.message.replaceAll(providerUrl, twilioOrigin).replaceAll(strangerUrl, strangerOrigin)
  return { ...end, message }
}
