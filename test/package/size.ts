/**
 * Measures how large the library is in a bundle and when it is installed, beside the `twilio` package, and how much of a
 * bundle each package is. Run by `npm run size`, after the build.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bundle, gzipSize, sharesOf } from './bundle.ts'
import { inTemporaryFolder, makeProject, pack } from './packed.ts'

const kB = 1000
const MB = 1000 * kB

const inKB = (bytes: number): string => `${(bytes / kB).toFixed(1)} kB`
const inMB = (bytes: number): string => `${(bytes / MB).toFixed(1)} MB`

// The version that everything here is compared with.
const { version } = createRequire(import.meta.url)('twilio/package.json') as { version: string }

const sizes = await inTemporaryFolder(async (folder): Promise<Readonly<Record<string, string>>> => {
  const { tarball, unpackedSize } = await pack(folder)
  const project = join(folder, 'project')
  await makeProject(project, [tarball])
  const other = join(folder, 'other')
  await makeProject(other, [`twilio@${version}`])
  const sizeOf = async (code: string): Promise<string> => inKB(gzipSize(await bundle(project, code)))
  return {
    'both providers, min+gzip, all but undici': await sizeOf(
      `export { bird, listParticipantConversations, twilio } from 'participant-conversations'`,
    ),
    '/twilio, min+gzip, all but undici': await sizeOf(
      `export { listParticipantConversations, twilio } from 'participant-conversations/twilio'`,
    ),
    'package, unpacked': inMB(unpackedSize),
    'installed with its dependencies': await installedSize(project),
    [`\`twilio\` ${version}, installed with its dependencies`]: await installedSize(other),
  }
})

console.log('| | size |\n|---|---|')
for (const [what, size] of Object.entries(sizes)) console.log(`| ${what} | ${size} |`)

console.log('\nOf the minified bytes of both providers:\n\n| package | bytes | share |\n|---|---|---|')
const shares = await sharesOf(`export { bird, listParticipantConversations, twilio } from './src/index.ts'`)
const total = [...shares.values()].reduce((sum, bytes) => sum + bytes, 0)
for (const [name, bytes] of [...shares].sort(([, a], [, b]) => b - a)) {
  console.log(`| ${name} | ${inKB(bytes)} | ${Math.round((100 * bytes) / total)} % |`)
}

/** What `npm install` has put into a project: the bytes of its files, and how many packages they are. */
async function installedSize(project: string): Promise<string> {
  const lockfile = await readFile(join(project, 'package-lock.json'), 'utf8')
  const { packages }: { packages: object } = JSON.parse(lockfile)
  // One entry is the project itself.
  const count = Object.keys(packages).length - 1
  return `${inMB(await folderSize(join(project, 'node_modules')))} in ${count} packages`
}

async function folderSize(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
