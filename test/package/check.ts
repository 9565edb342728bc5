/**
 * Packs the library as it would be published, installs it into an empty project, and uses it there: from ESM, from
 * CommonJS and from TypeScript, over real HTTP. Run by `npm run test:package`, after the build.
 */
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sampleBirdConversations, sampleTwilioConversations } from '../../src/testing/sample-data.ts'
import { listen } from '../../src/testing/server.ts'
import { createStandIn } from '../../src/testing/stand-in.ts'
import { ADDRESS, BIRD, COUNT, TWILIO } from '../support/example-accounts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const consumers = fileURLToPath(new URL('consumers', import.meta.url))
const execute = promisify(execFile)

const folder = await mkdtemp(join(tmpdir(), 'participant-conversations-'))
const standIn = createStandIn({
  twilio: { ...TWILIO, conversations: sampleTwilioConversations({ address: ADDRESS, count: COUNT }) },
  bird: {
    ...BIRD,
    conversations: sampleBirdConversations({ address: ADDRESS, channelId: BIRD.channelId, count: COUNT }),
  },
})
const server = await listen(standIn.fetch)
try {
  const tarball = await pack()
  await check('publint', ['publint', tarball, '--strict'])
  await check('are the types wrong', ['attw', tarball, '--profile', 'node16'])
  await install(tarball)
  for (const consumer of ['esm.mjs', 'cjs.cjs']) {
    const { stdout } = await execute(process.execPath, [consumer], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        BASE_URL: server.url,
        ADDRESS,
        TWILIO_ACCOUNT_SID: TWILIO.accountSid,
        TWILIO_AUTH_TOKEN: TWILIO.authToken,
        BIRD_ACCESS_KEY: BIRD.accessKey,
        BIRD_WORKSPACE_ID: BIRD.workspaceId,
        BIRD_CHANNEL_ID: BIRD.channelId,
      },
    })
    const expected = `twilio ${COUNT} bird ${COUNT} AuthenticationError 401`
    if (stdout.trim() !== expected) throw new Error(`${consumer} printed ${stdout}, not ${expected}`)
    console.log(`ok: ${consumer} lists ${stdout.trim()}`)
  }
  for (const consumer of ['types.mts', 'types.cts']) {
    await check(`types in ${consumer}`, [
      ...['tsc', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'],
      ...['--module', 'nodenext', '--target', 'es2022', join(folder, consumer)],
    ])
  }
} finally {
  await server.close()
  await rm(folder, { recursive: true })
}

async function pack(): Promise<string> {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root })
  const [{ filename, size, unpackedSize, files }] = JSON.parse(stdout)
  console.log(`packed ${filename}: ${size} bytes, unpacked ${unpackedSize}`)
  for (const { path } of files) console.log(`  ${path}`)
  return join(folder, filename)
}

async function install(tarball: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }))
  await execute('npm', ['install', tarball, '--no-audit', '--no-fund'], { cwd: folder })
  await cp(consumers, folder, { recursive: true })
  console.log('ok: installed into an empty project')
}

/** Runs a development tool of this repository. */
async function check(what: string, [tool = '', ...args]: string[]): Promise<void> {
  try {
    await execute(join(root, 'node_modules', '.bin', tool), args, { cwd: folder })
    console.log(`ok: ${what}`)
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`${what}:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
}
