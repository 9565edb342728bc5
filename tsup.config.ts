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
  // undici is asked for at run time, on the first request that uses it. Nothing else is needed, and nothing is bundled.
  external: ['undici', 'msw', /^node:/],
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
}

/**
 * The source maps of the ESM files point at `src`, which the package has once. What is for tests, and the CommonJS
 * files, which are the same code, go without: they are as readable as their sources.
 */
async function slimSourceMaps(): Promise<void> {
  for (const file of await readdir('dist')) {
    if (!file.endsWith('.map')) continue
    const map: SourceMap = JSON.parse(await readFile(`dist/${file}`, 'utf8'))
    const isForTests = map.sources.some((source) => source.startsWith('../src/testing/'))
    if (isForTests || file.endsWith('.cjs.map')) await removeMap(file)
    else await writeFile(`dist/${file}`, JSON.stringify({ ...map, sourcesContent: undefined }))
  }
}

async function removeMap(file: string): Promise<void> {
  const code = `dist/${file.replace(/\.map$/, '')}`
  await writeFile(code, (await readFile(code, 'utf8')).replaceAll(/^\/\/# sourceMappingURL=.*\n?/gm, ''))
  await rm(`dist/${file}`)
}
