import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const execute = promisify(execFile)

/** The library as `npm publish` would send it. */
export interface PackedLibrary {
  readonly tarball: string
  /** Bytes to download. */
  readonly size: number
  /** Bytes of the files in it. */
  readonly unpackedSize: number
  /** The paths of the files in it. */
  readonly files: readonly string[]
}

/** Packs what has been built into a folder. */
export async function pack(folder: string): Promise<PackedLibrary> {
  const { stdout } = await npm(root, ['pack', '--json', '--pack-destination', folder])
  const packages: { filename: string; size: number; unpackedSize: number; files: { path: string }[] }[] =
    JSON.parse(stdout)
  const [packed] = packages
  if (packed === undefined) throw new Error('npm pack made no package')
  const { filename, size, unpackedSize, files } = packed
  return { tarball: join(folder, filename), size, unpackedSize, files: files.map(({ path }) => path) }
}

/** Makes a project that depends on packages, given as `npm install` takes them. Their install scripts do not run. */
export async function makeProject(
  folder: string,
  packages: readonly string[],
  manifest: object = {},
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }))
  await npm(folder, ['install', ...packages, '--ignore-scripts', '--no-audit', '--no-fund'])
}

async function npm(cwd: string, args: readonly string[]): Promise<{ stdout: string }> {
  // `npm run` tells its own settings to its children: the npm of another project must not take them for its own.
  const own = Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/i.test(name))
  return execute('npm', args, { cwd, env: Object.fromEntries(own), maxBuffer: 64 * 1024 * 1024 })
}

/** Runs work in a folder of its own, which is removed afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'participant-conversations-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
