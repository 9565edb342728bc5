import { gzipSync } from 'node:zlib'
// tsup's own bundler.
import { build } from 'esbuild'
import { root } from './packed.ts'

/** Bundles a module for production, as an app would; undici stays outside. Resolves with the minified code. */
export async function bundle(project: string, code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    external: ['undici', '#undici', '#undici-core', 'node:*'],
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('')
}

/** How many bytes of a minified bundle of `src` come from each package, this one included. */
export async function sharesOf(code: string): Promise<ReadonlyMap<string, number>> {
  const { metafile } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['undici*', 'node:*'],
    logLevel: 'silent',
  })
  const shares = new Map<string, number>()
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /node_modules\/([^/]+)\//.exec(path)?.[1] ?? 'this library'
      shares.set(name, (shares.get(name) ?? 0) + bytesInOutput)
    }
  }
  return shares
}

export function gzipSize(code: string): number {
  return gzipSync(code, { level: 9 }).byteLength
}
