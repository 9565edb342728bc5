import { rmSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
// tsup's own bundler.
import { type BuildOptions, build } from 'esbuild'
import { root } from '../package/packed.ts'

const programs = fileURLToPath(new URL('programs', import.meta.url))

const inBothFormats = ['import', 'short-listing']

/**
 * Creates a project in a temporary folder that has the library of a checkout installed, and the benchmark programs as
 * JavaScript: a TypeScript loader would be part of the measurement. The library is copied, so that a build in the
 * meantime does no harm.
 */
export async function makeBenchProject(checkout: string = root): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'participant-conversations-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const modules = join(folder, 'node_modules')
  const library = join(modules, 'participant-conversations')
  await mkdir(library, { recursive: true })
  await cp(join(checkout, 'dist'), join(library, 'dist'), { recursive: true })
  await cp(join(checkout, 'package.json'), join(library, 'package.json'))
  // The sample data of the server checks its options with leven and zod.
  for (const name of ['leven', 'twilio', 'undici', 'zod']) {
    await symlink(join(root, 'node_modules', name), join(modules, name), 'dir')
  }
  const common: BuildOptions = {
    outdir: folder,
    bundle: true,
    packages: 'external',
    // Without the paths of tsconfig.json, which lead to the source.
    tsconfigRaw: {},
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  }
  // Split, so that a contestant does not load what only another one imports.
  await build({
    ...common,
    entryPoints: (await readdir(programs)).map((file) => join(programs, file)),
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.mjs' },
  })
  // Here each `import()` is a `require()`, as in code that is compiled to CommonJS.
  await build({
    ...common,
    entryPoints: inBothFormats.map((name) => join(programs, `${name}.ts`)),
    format: 'cjs',
    supported: { 'dynamic-import': false },
    outExtension: { '.js': '.cjs' },
  })
  return folder
}
