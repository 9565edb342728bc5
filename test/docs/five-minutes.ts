/**
 * The first five minutes: in an empty folder, does what the README says, word for word, with the package as it would be
 * published: install it, list the first conversation, and see a test of one's own pass. Run by `npm run test:first-steps`,
 * after the build, on Node 20 and 24. Fails over five minutes.
 */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { inTemporaryFolder, pack } from '../package/packed.ts'
import { installTools } from '../runtimes/tools.ts'
import { type Block, findBlocks, placeOf } from './blocks.ts'

const LIMIT_SECONDS = 300
const NODES = ['20', '24']

const ACCOUNTS = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'example-auth-token',
  BIRD_ACCESS_KEY: 'example-access-key',
  BIRD_WORKSPACE_ID: '00000000-0000-4000-8000-000000000001',
  BIRD_CHANNEL_ID: '00000000-0000-4000-8000-000000000002',
}

/** Loaded before the first program: the accounts are not real ones. */
const STAND_IN = `
import { createStandIn, sampleBirdConversations, sampleTwilioConversations } from 'participant-conversations/testing'
const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = process.env
const { BIRD_ACCESS_KEY: accessKey, BIRD_WORKSPACE_ID: workspaceId, BIRD_CHANNEL_ID: channelId } = process.env
const address = '+12025550123'
globalThis.fetch = createStandIn({
  twilio: { accountSid, authToken, conversations: sampleTwilioConversations({ address, count: 120 }) },
  bird: { accessKey, workspaceId, conversations: sampleBirdConversations({ address, channelId, count: 120 }) },
}).fetch
`

const execute = promisify(execFile)
const blocks = await findBlocks()
const platform = `${process.platform}-${process.arch}`
const tools = await installTools(NODES.map((node) => `node-${node}@npm:node-${platform}@${node}`))

await inTemporaryFolder(async (folder) => {
  const { tarball } = await pack(folder)
  for (const node of NODES) {
    const project = join(folder, `node-${node}`)
    await mkdir(project)
    const seconds = await follow(project, tarball, join(tools, 'node_modules', `node-${node}`, 'bin'))
    console.log(`Node ${node}: ${seconds} s in all\n`)
    if (seconds > LIMIT_SECONDS) process.exitCode = 1
  }
})

/** Resolves with the seconds that it took. */
async function follow(project: string, tarball: string, bin: string): Promise<number> {
  const startedAt = performance.now()
  const run = async (step: string, command: string, expected: RegExp): Promise<void> => {
    const begin = performance.now()
    const { stdout, stderr } = await execute('bash', ['-euo', 'pipefail', '-c', command], {
      cwd: project,
      env: { ...environment(), PATH: `${bin}${delimiter}${process.env.PATH}` },
    })
    if (!expected.test(stdout)) throw new Error(`${step}: it printed ${stdout}${stderr}`)
    console.log(`${step}: ${((performance.now() - begin) / 1000).toFixed(1)} s`)
  }

  const install = find('README.md', 'sh', /^npm install participant-conversations$/)
  await run(
    placeOf(install),
    install.code.replace('participant-conversations', tarball),
    /added \d+ packages/,
  )

  // The command needs no account. The rest of the README does: from here on, the stand-in takes the providers' place.
  await run(
    'docs/command.md, --demo',
    'npx participant-conversations list +12025550123 --demo',
    /"provider":"bird"/,
  )

  const first = find('README.md', 'ts', /^for await/m)
  await writeFile(join(project, 'list.mjs'), first.code)
  await writeFile(join(project, 'stand-in.mjs'), STAND_IN)
  const variables = Object.entries(ACCOUNTS).map(([name, value]) => `${name}=${value}`)
  await run(
    placeOf(first),
    `${variables.join(' ')} node --import ./stand-in.mjs list.mjs`,
    /^twilio CH[0-9a-f]{32} .*^bird [0-9a-f-]{36} /ms,
  )

  const guide = find('docs/testing.md', 'js', /from 'vitest'/)
  const [, file = ''] = /^test:vitest (\S+)$/.exec(guide.note) ?? []
  await writeFile(join(project, file), guide.code)
  await run('its packages', 'npm install --save-dev vitest@4 msw@2', /added \d+ packages/)
  await run(placeOf(guide), `NO_COLOR=1 npx vitest run ${file}`, /Tests +4 passed \(4\)/)
  return Math.round((performance.now() - startedAt) / 1000)
}

/** With the settings of this machine's npm, but neither with credentials nor with what `npm run` says to its children. */
function environment(): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle)|twilio|bird)_/i.test(name),
  )
  return Object.fromEntries(own)
}

function find(file: string, language: string, content: RegExp): Block {
  const found = blocks.find(
    (block) => block.file === file && block.language === language && content.test(block.code),
  )
  if (found === undefined) throw new Error(`${file} has no block of ${language} with ${content}`)
  return found
}
