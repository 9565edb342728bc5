import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { accountsOf } from '../src/accounts.ts'
import { importParticipants } from '../src/import.ts'
import { type Outcome, runCommand } from './support/run-command.ts'
import { useBackfill } from './support/use-backfill.ts'

const backfill = useBackfill()
let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backfill-import-'))
})
after(() => rm(folder, { recursive: true }))

async function importCsv(text: string): Promise<Outcome> {
  const file = join(folder, 'participants.csv')
  await writeFile(file, text)
  return runCommand(['import', file], backfill.env)
}

async function participants(): Promise<unknown[]> {
  const { rows } = await backfill.pool.query<{ participant: unknown }>(
    'SELECT participant FROM backfill.participants ORDER BY id',
  )
  return rows.map(({ participant }) => participant)
}

test('"import" lists people: a row with several references is one participant', async () => {
  await backfill.begin([])

  const { code, stdout } = await importCsv(
    [
      'account,phone,channels,address,identity',
      'twilio,+12025550123,,,',
      'twilio,+12025550124,sms whatsapp,,',
      'twilio,+12025550125,,jo@example.com,jo',
      'bird,,,jo@example.com,',
    ].join('\n'),
  )

  assert.deepEqual(
    { code, stdout },
    { code: 0, stdout: '4 rows read: 4 added, 0 already there, 0 refused\n' },
  )
  assert.deepEqual(await participants(), [
    { phone: '+12025550123' },
    { phone: '+12025550124', channels: ['sms', 'whatsapp'] },
    [{ phone: '+12025550125' }, { address: 'jo@example.com' }, { identity: 'jo' }],
    { address: 'jo@example.com' },
  ])
})

test('"import" refuses bad rows with their lines, adds the others, and does not exit with 0', async () => {
  await backfill.begin([])
  const csv = [
    'account,phone,identity',
    'twilio,+12025550123,',
    'twilio,12025550124,',
    'sinch,+12025550125,',
    'twilio,+12025550126',
    'twilio,+1202"5550127",',
    'bird,+12025550128,jo',
    ',+12025550129,',
    'bird,,',
    'bird,+12025550130,',
  ].join('\n')

  const { code, stdout, stderr } = await importCsv(csv)

  assert.equal(code, 1)
  assert.equal(stdout, '9 rows read: 2 added, 0 already there, 7 refused\n')
  const lines = stderr.trimEnd().split('\n')
  assert.deepEqual(
    lines.map((line) => /line \d+/.exec(line)?.[0]),
    ['line 3', 'line 4', 'line 5', 'line 6', 'line 7', 'line 8', 'line 9'],
  )
  assert.match(lines[0] ?? '', /phone must be a phone number in E\.164 form/)
  assert.match(lines[1] ?? '', /Unknown account "sinch": the accounts are twilio, bird/)
  assert.match(lines[2] ?? '', /more or fewer values than the first line has columns/)
  assert.match(lines[3] ?? '', /phone must be a phone number in E\.164 form/)
  assert.match(lines[4] ?? '', /got identity/)
  assert.match(lines[5] ?? '', /The column "account" is missing or empty/)
  assert.match(lines[6] ?? '', /The row names no participant/)

  assert.equal((await importCsv(csv)).stdout, '9 rows read: 0 added, 2 already there, 7 refused\n')
})

test('"import" of a file of another format shows twenty refused rows and the number of the others', async () => {
  await backfill.begin([])
  const rows = Array.from({ length: 1_500 }, (_, index) => `+1202555${1_000 + index}`)

  const { code, stdout, stderr } = await importCsv(['number', ...rows].join('\n'))

  assert.equal(code, 1)
  assert.match(stdout, /1,500 rows read: 0 added, 0 already there, 1,500 refused\n$/)
  assert.equal(stderr.trimEnd().split('\n').length, 21)
  assert.match(stderr, /and 1,480 more\n$/)
})

test('"import" says from where on it could not read a file with a quote that is not closed', async () => {
  await backfill.begin([])

  const { code, stdout, stderr } = await importCsv(
    'account,phone\ntwilio,+12025550123\ntwilio,"+12025550124\ntwilio,+12025550125\n',
  )

  assert.equal(code, 1)
  assert.equal(stdout, '2 rows read: 1 added, 0 already there, 1 refused\n')
  assert.match(stderr, /after line 2: A quote is not closed, so the rest of the file was not read/)
})

test('"import --query" names the refused row of the result', async () => {
  await backfill.begin([])
  const query = `SELECT 'twilio' AS account, phone FROM (VALUES ('+12025550123'), ('nobody')) AS people (phone)`

  const { code, stdout, stderr } = await runCommand(['import', '--query', query], backfill.env)

  assert.equal(code, 1)
  assert.equal(stdout, '2 rows read: 1 added, 0 already there, 1 refused\n')
  assert.match(stderr, /^ {2}row 2: /)
})

test('"import" stores a row with a NUL without it', async () => {
  await backfill.begin([])

  const { code } = await importCsv('account,identity\ntwilio,j\0o\ntwilio,kim\n')

  assert.equal(code, 0)
  assert.deepEqual(await participants(), [{ identity: 'jo' }, { identity: 'kim' }])
})

test('"import" of a file that is not there says so in one line', async () => {
  const { code, stderr } = await runCommand(['import', join(folder, 'nope.csv')], backfill.env)

  assert.equal(code, 1)
  assert.match(stderr, /^ENOENT: .*nope\.csv'\n$/)
})

test('an import that is stopped adds what it has read, and no more', async () => {
  await backfill.begin([])
  const stop = new AbortController()
  function* rows() {
    for (let index = 0; index < 2_500; index += 1) {
      if (index === 1_500) stop.abort()
      yield { place: `row ${index}`, columns: { account: 'twilio', identity: `user-${index}` } }
    }
  }

  const { added } = await importParticipants(backfill.pool, accountsOf(backfill.settings), rows(), {
    signal: stop.signal,
  })

  assert.equal(added, 1_500)
})
