import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
// tsup's own bundler.
import { build, type PluginBuild } from 'esbuild'
import { minify } from 'terser'
import { defineConfig } from 'tsup'

const entries = {
  index: 'src/index.ts',
  twilio: 'src/twilio.ts',
  bird: 'src/bird.ts',
  adapter: 'src/adapter.ts',
  schema: 'src/schema.ts',
  testing: 'src/testing/index.ts',
}

export default defineConfig({
  entry: { ...entries, 'undici-core': 'src/http/undici-core.ts', 'no-undici': 'src/http/no-undici.ts' },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'neutral',
  // undici is loaded by the first request that uses it. zod/mini, p-retry and leven are bundled. `schema` alone uses the
  // app's zod, so that its schemas can be part of the app's own.
  external: [/^undici/, 'msw', /^zod$/, /^node:/],
  noExternal: [/^zod\/mini$/],
  dts: { entry: entries },
  sourcemap: true,
  clean: true,
  // What the entries share is in files of its own, so that nothing is loaded twice.
  splitting: true,
  treeshake: true,
  removeNodeProtocol: false,
  esbuildPlugins: [{ name: 'private-zod', setup: keepZodPrivate }],
  plugins: [{ name: 'undici-by-condition', renderChunk: importUndiciByCondition }],
  onSuccess: finish,
})

/**
 * `imports` in package.json decides what `#undici` and `#undici-core` are: undici on Node, nothing in browsers and
 * workers. In CommonJS they are required: Jest has no `import()` there.
 */
function importUndiciByCondition(this: { format: string }, code: string): { code: string } {
  const replacement = this.format === 'cjs' ? "Promise.resolve().then(() => require('#$1'))" : "import('#$1')"
  return { code: code.replace(/\bimport\(['"](?:\.\/)?(undici(?:-core)?)(?:\.c?js)?['"]\)/g, replacement) }
}

/**
 * zod keeps its configuration on `globalThis`, for all of its copies. The bundled copy gets one of its own: loading this
 * library changes nothing in the process, and an app's `z.config()` changes nothing here.
 */
function keepZodPrivate({ onLoad }: PluginBuild): void {
  onLoad({ filter: /[\\/]zod[\\/]v4[\\/]core[\\/]core\.js$/ }, async ({ path }) => {
    const code = await readFile(path, 'utf8')
    if (!code.includes('globalThis.__zod_globalConfig'))
      throw new Error('zod keeps its configuration elsewhere')
    return { contents: `const zodGlobals = {};\n${code.replaceAll('globalThis', 'zodGlobals')}` }
  })
}

interface SourceMap {
  sources: string[]
  mappings: string
}

async function finish(): Promise<void> {
  await buildCommand('dist')
  await writeLicenses()
  await slimSourceMaps()
  await minifyPackages()
}

/**
 * The command in one file, with the packages that only it needs. It loads the library from the files beside it. Its
 * first lines name the packages, in the form in which the other files do.
 */
export async function buildCommand(folder: string): Promise<void> {
  const outfile = `${folder}/cli.js`
  const { metafile } = await build({
    entryPoints: ['src/cli/index.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    // commander is CommonJS, and requires modules of Node's.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [{ name: 'library-beside', setup: keepLibraryOutside }],
  })
  const names = Object.keys(metafile.inputs).map(
    (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1],
  )
  const packages = [...new Set(names)]
    .sort()
    .flatMap((name) => (name === undefined ? [] : `// node_modules/${name}/\n`))
  const code = await readFile(outfile, 'utf8')
  await writeFile(outfile, `#!/usr/bin/env node\n${packages.join('')}${code}`, { mode: 0o755 })
  await chmod(outfile, 0o755)
}

function keepLibraryOutside({ onResolve }: PluginBuild): void {
  onResolve({ filter: /^\.\.\/(testing\/)?index\.ts$/ }, ({ path }) => ({
    path: path === '../index.ts' ? './index.js' : './testing.js',
    external: true,
  }))
}

/** The licenses of the bundled packages, which each output file names above their code. */
async function writeLicenses(): Promise<void> {
  const names = new Set<string>()
  for (const file of await readdir('dist')) {
    const code = await readFile(`dist/${file}`, 'utf8')
    for (const [, name = ''] of code.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)) names.add(name)
  }
  const texts = [...names].sort().map(async (name) => {
    const folder = `node_modules/${name}`
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
    if (file === undefined) throw new Error(`${name} comes without the text of its license`)
    return `${name} ${version} (${license})\n\n${(await readFile(`${folder}/${file}`, 'utf8')).trim()}\n`
  })
  await writeFile('dist/third-party-licenses.txt', (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`))
}

/**
 * Removes white space and comments from the code of bundled packages, but not what says that a call is pure: apps' bundlers
 * shake the tree by that. What follows stays on its line, as the maps say.
 */
async function minifyPackages(): Promise<void> {
  for (const file of await readdir('dist')) {
    if (!/\.c?js$/.test(file) || file === 'cli.js') continue
    const parts = (await readFile(`dist/${file}`, 'utf8')).split(/^(?=\/\/ (?:src|node_modules)\/)/m)
    const slimmed = parts.map(async (part) => {
      if (!part.startsWith('// node_modules/')) return part
      const lines = part.split('\n')
      const { code = '' } = await minify(part, {
        compress: false,
        mangle: false,
        format: { preserve_annotations: true },
      })
      const slim = `${lines[0]}\n${code.trim()}`
      // Template literals keep their line breaks.
      return slim + '\n'.repeat(lines.length - slim.split('\n').length)
    })
    await writeFile(`dist/${file}`, (await Promise.all(slimmed)).join(''))
  }
}

/**
 * The source maps of the ESM files point at `src`, which is in the package. They map lines, not columns, and nothing of
 * bundled packages: that is a tenth of the size. The testing entry and the CommonJS files, which are the same code, go
 * without.
 */
async function slimSourceMaps(): Promise<void> {
  for (const file of await readdir('dist')) {
    if (!file.endsWith('.map')) continue
    const map: SourceMap = JSON.parse(await readFile(`dist/${file}`, 'utf8'))
    const isForTests = map.sources.some((source) => source.startsWith('../src/testing/'))
    if (isForTests || file.endsWith('.cjs.map')) await removeMap(file)
    else await writeFile(`dist/${file}`, JSON.stringify(slim(map)))
  }
}

function slim({ sources, mappings }: SourceMap): object {
  const own = sources.filter((source) => source.startsWith('../src/'))
  const lines = decode(mappings).map((segments) => {
    for (const [column, source, line = 0, sourceColumn = 0] of segments) {
      const index = own.indexOf(sources[source ?? -1] ?? '')
      if (index >= 0) return [[column, index, line, sourceColumn] satisfies SourceMapSegment]
    }
    return []
  })
  return { version: 3, sources: own, names: [], mappings: encode(lines) }
}

async function removeMap(file: string): Promise<void> {
  const code = `dist/${file.replace(/\.map$/, '')}`
  await writeFile(code, (await readFile(code, 'utf8')).replaceAll(/^\/\/# sourceMappingURL=.*\n?/gm, ''))
  await rm(`dist/${file}`)
}
