import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    twilio: 'src/twilio.ts',
    bird: 'src/bird.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'neutral',
  // undici is asked for at run time, on the first request that uses it; everything else is bundled.
  external: ['undici', 'msw', /^node:/],
  noExternal: ['p-retry'],
  dts: true,
  sourcemap: true,
  clean: true,
  // What the entries share is in files of its own, so that nothing is loaded twice.
  splitting: true,
  treeshake: true,
  removeNodeProtocol: false,
  plugins: [{ name: 'require-undici', renderChunk: requireUndici }],
  onSuccess: slimSourceMaps,
})

/** In CommonJS undici is required too: Jest has no `import()` there. */
function requireUndici(this: { format: string }, code: string): { code: string } | undefined {
  if (this.format !== 'cjs') return
  return {
    code: code.replace(/\bimport\((['"]undici['"])\)/g, 'Promise.resolve().then(() => require($1))'),
  }
}

interface SourceMap {
  sources: string[]
  sourcesContent?: (string | null)[]
}

/**
 * The package has `src` once, which the source maps point at; they hold only the sources that come from other
 * packages. What is for tests has neither: it is as readable as its sources.
 */
async function slimSourceMaps(): Promise<void> {
  for (const file of await readdir('dist')) {
    if (!file.endsWith('.map')) continue
    const map: SourceMap = JSON.parse(await readFile(`dist/${file}`, 'utf8'))
    if (map.sources.some((source) => source.startsWith('../src/testing/'))) {
      await withoutMap(file, map)
    } else {
      const content = map.sources.map((source, index) =>
        source.startsWith('../src/') ? null : (map.sourcesContent?.[index] ?? null),
      )
      await writeFile(`dist/${file}`, JSON.stringify({ ...map, sourcesContent: content }))
    }
  }
}

async function withoutMap(file: string, { sources }: SourceMap): Promise<void> {
  const foreign = sources.find((source) => source.includes('node_modules/'))
  // THIRD-PARTY-LICENSES.md is written from the source maps.
  if (foreign !== undefined) throw new Error(`${file} would be the only one to tell of ${foreign}`)
  const code = `dist/${file.replace(/\.map$/, '')}`
  await writeFile(code, (await readFile(code, 'utf8')).replaceAll(/^\/\/# sourceMappingURL=.*\n?/gm, ''))
  await rm(`dist/${file}`)
}
