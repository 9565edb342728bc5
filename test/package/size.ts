/**
 * Measures what the library costs those who bundle or install it, and how much of that each package is. Run by
 * `npm run size`, after the build; fails over a limit. The limits are just above the sizes, so that growth is noticed.
 */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { bundle, gzipSize, sharesOf } from './bundle.ts'
import { inTemporaryFolder, makeProject, pack } from './packed.ts'

const kB = 1000
const MB = 1000 * kB

const limits = {
  'both providers, min+gzip, all but undici': 35 * kB,
  '/twilio, min+gzip, all but undici': 33 * kB,
  'the command, in one file': 100 * kB,
  'package, unpacked': 1450 * kB,
  'installed with its dependencies': 4 * MB,
}

const sizes = await inTemporaryFolder(async (folder): Promise<Record<keyof typeof limits, number>> => {
  const { tarball, unpackedSize } = await pack(folder)
  const project = join(folder, 'project')
  await makeProject(project, [tarball])
  return {
    'both providers, min+gzip, all but undici': gzipSize(
      await bundle(
        project,
        `export { bird, listParticipantConversations, twilio } from 'participant-conversations'`,
      ),
    ),
    '/twilio, min+gzip, all but undici': gzipSize(
      await bundle(
        project,
        `export { listParticipantConversations, twilio } from 'participant-conversations/twilio'`,
      ),
    ),
    'the command, in one file': (
      await stat(join(project, 'node_modules', 'participant-conversations', 'dist', 'cli.js'))
    ).size,
    'package, unpacked': unpackedSize,
    'installed with its dependencies': await folderSize(join(project, 'node_modules')),
  }
})

console.log('| | size | limit | |\n|---|---|---|---|')
for (const [what, limit] of Object.entries(limits)) {
  const size = sizes[what as keyof typeof limits]
  const verdict = size <= limit ? 'ok' : 'over'
  console.log(`| ${what} | ${(size / kB).toFixed(1)} kB | ${limit / kB} kB | ${verdict} |`)
  if (verdict === 'over') process.exitCode = 1
}

console.log('\nOf the minified bytes of both providers:\n\n| package | bytes | share |\n|---|---|---|')
const shares = await sharesOf(`export { bird, listParticipantConversations, twilio } from './src/index.ts'`)
const total = [...shares.values()].reduce((sum, bytes) => sum + bytes, 0)
for (const [name, bytes] of [...shares].sort(([, a], [, b]) => b - a)) {
  console.log(`| ${name} | ${(bytes / kB).toFixed(1)} kB | ${Math.round((100 * bytes) / total)} % |`)
}

async function folderSize(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
