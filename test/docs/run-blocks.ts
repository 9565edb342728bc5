import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
// tsup's own bundler.
import { build } from 'esbuild'
import { root } from '../package/packed.ts'
import { placeOf } from './blocks.ts'
import type { BlockModule } from './modules.ts'

const LIMIT_MS = 60_000

/** The reason why a block is compiled and not run; null if it is run. */
export function reasonNotToRun({ block }: BlockModule): string | null {
  if (block.note.startsWith('compiled: ')) return block.note.slice('compiled: '.length)
  if (block.code.includes('…')) return 'has placeholders'
  if (/from 'vitest'/.test(block.code)) return 'is a test file'
  return null
}

/** Runs a block with a context of its own. Resolves with what was wrong, null if nothing was. */
export async function runBlock(module: BlockModule): Promise<string | null> {
  const outfile = module.path.replace(/\.ts$/, '.mjs')
  await build({
    entryPoints: [module.path],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    // `sideEffects: false` would drop the context of blocks that use none of its names.
    ignoreAnnotations: true,
    alias: await aliases(),
    // Types that are imported like values are removed.
    tsconfigRaw: {},
    logLevel: 'silent',
  })
  const rejections: unknown[] = []
  const onRejection = (reason: unknown): void => void rejections.push(reason)
  process.on('unhandledRejection', onRejection)
  const saved = { fetch: globalThis.fetch, env: { ...process.env }, log: console.log }
  console.log = () => {}
  try {
    await Promise.race([runModule(outfile), hasTakenTooLong()])
    // What a block has started without waiting for it fails now, if it does.
    await new Promise((resolve) => setTimeout(resolve, 50))
  } catch (error) {
    rejections.push(error)
  } finally {
    process.off('unhandledRejection', onRejection)
    globalThis.fetch = saved.fetch
    process.env = saved.env
    console.log = saved.log
  }
  const [error] = rejections
  if (module.block.code.startsWith('throw ')) return error === undefined ? 'it throws nothing' : null
  return error === undefined
    ? null
    : `${placeOf(module.block)}: ${error instanceof Error ? error.stack : error}`
}

/** Resolves when the code and the tests that it has registered have run. */
async function runModule(path: string): Promise<void> {
  const { registeredTests }: { registeredTests: Promise<void>[] } = await import(pathToFileURL(path).href)
  await Promise.all(registeredTests)
}

function hasTakenTooLong(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`it runs for more than ${LIMIT_MS} ms`)), LIMIT_MS).unref()
  })
}

/** Where the entries are in this repository, as the compiler is told. */
async function aliases(): Promise<Record<string, string>> {
  const { compilerOptions } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'))
  const paths: Record<string, string[]> = compilerOptions.paths
  return Object.fromEntries(Object.entries(paths).map(([name, [path = '']]) => [name, join(root, path)]))
}
