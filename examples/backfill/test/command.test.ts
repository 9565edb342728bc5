import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstResidents } from './support/backfill.ts'
import { runCommand } from './support/run-command.ts'
import { useBackfill } from './support/use-backfill.ts'

const backfill = useBackfill()

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`"run" that ${signal} stops before all is done does not exit with 0`, async () => {
    await backfill.begin(firstResidents(3))

    const { code, stdout } = await runCommand(['run'], backfill.env, (child) => child.kill(signal))

    assert.equal(code, expected)
    assert.match(stdout, /3 participants left: to continue, run this again/)
  })
}

test('"run" does not exit with 0 while participants of an account without credentials are left', async () => {
  await backfill.begin([{ account: 'bird', phone: '+12025550123' }])

  const { code, stdout } = await runCommand(['run'], { ...backfill.env, BIRD_ACCESS_KEY: '' })

  assert.equal(code, 1)
  assert.match(stdout, /waits for credentials: there are none for this account in the environment/)
})

test('"status" says where an account stands, and that it waits for a worker', async () => {
  await backfill.begin([
    { account: 'twilio', phone: '+12025550123' },
    { account: 'twilio', phone: '+12025550124' },
  ])

  const { code, stdout } = await runCommand(['status'], backfill.env)

  assert.equal(code, 0)
  assert.equal(
    stdout,
    [
      '0 of 2 participants · 0 conversations · 0 requests, 0 × 429 · waits for twilio',
      'twilio  0 of 2 · 0 workers · 0.0 requests/s · 0.0 errors/s',
      '        waits for a worker: start one with "worker"',
      '',
    ].join('\n'),
  )
})

test('"status" says so if there is no Redis, instead of waiting for one', async () => {
  await backfill.begin([{ account: 'twilio', phone: '+12025550123' }])

  const { code, stdout } = await runCommand(['status'], {
    ...backfill.env,
    REDIS_URL: 'redis://127.0.0.1:9',
  })

  assert.equal(code, 0)
  assert.match(stdout, /waits for Redis/)
})

// It used to connect to services that it did not need, and to fail if it had closed a connection before that was made.
for (const args of [[], ['import'], ['import', '--query'], ['imports'], ['toString']]) {
  test(`an incomplete command says how it is used, without any service: ${JSON.stringify(args)}`, async () => {
    const { code, stderr } = await runCommand(args, {
      ...backfill.env,
      REDIS_URL: 'redis://127.0.0.1:9',
      DATABASE_URL: 'postgres://127.0.0.1:9',
    })

    assert.equal(code, 2)
    assert.match(stderr, /^Usage: /)
  })
}

for (const name of ['run', 'worker']) {
  for (const [problem, env, message] of [
    [
      'a wrong setting',
      { CONCURRENCY: 'many' },
      'CONCURRENCY must be a whole number of at least 1, but is "many"',
    ],
    [
      'no credentials',
      { TWILIO_ACCOUNT_SID: '', BIRD_ACCESS_KEY: '' },
      'No provider account: set TWILIO_ACCOUNT_SID or BIRD_ACCESS_KEY, and what goes with it',
    ],
  ] as const) {
    test(`"${name}" with ${problem} says what is wrong, without a stack`, async () => {
      const { code, stderr } = await runCommand([name], { ...backfill.env, ...env })

      assert.equal(code, 1)
      assert.equal(stderr, `${message}\n`)
    })
  }
}
