import { gzipSync } from 'node:zlib'
// tsup's own bundler.
import { build } from 'esbuild'

/** Bundles a module for production, as an app would; undici stays outside. Resolves with the minified code. */
export async function bundle(project: string, code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: project },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    external: ['undici', 'node:*'],
    logLevel: 'silent',
  })
  return outputFiles.map(({ text }) => text).join('')
}

export function gzipSize(code: string): number {
  return gzipSync(code, { level: 9 }).byteLength
}
