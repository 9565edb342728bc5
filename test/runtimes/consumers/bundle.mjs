// Bundles a module as an app would: `bundle.mjs BUNDLER PLATFORM TOOLS ENTRY OUTPUT`, the platform `node` or `worker`.
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , bundler, platform, tools, entry, output] = process.argv
const { resolve } = createRequire(join(tools, 'package.json'))
const load = (name) => import(pathToFileURL(resolve(name)).href)

const isForNode = platform === 'node'

const bundlers = {
  esbuild,
  'esbuild, without undici': () => esbuild({ external: ['#undici', '#undici-core'] }),
  'esbuild, platform neutral': () => esbuild({ platform: 'neutral', banner: {} }),
  'esbuild, condition workerd': () => esbuild({ conditions: ['workerd'], platform: 'neutral' }),
  'esbuild, condition edge-light': () => esbuild({ conditions: ['edge-light'], platform: 'neutral' }),
  'esbuild, condition worker': () => esbuild({ conditions: ['worker'], platform: 'neutral' }),

  async rollup() {
    const { rollup } = await load('rollup')
    const { nodeResolve } = await load('@rollup/plugin-node-resolve')
    const { default: commonjs } = await load('@rollup/plugin-commonjs')
    const plugins = [nodeResolve({ browser: !isForNode, preferBuiltins: isForNode }), commonjs()]
    const bundle = await rollup({ input: entry, plugins, onwarn() {} })
    await bundle.write({ dir: dirname(output), entryFileNames: basename(output), format: 'esm' })
  },

  async rolldown() {
    const { rolldown } = await load('rolldown')
    const to = isForNode ? 'node' : 'browser'
    const bundle = await rolldown({ input: entry, platform: to, logLevel: 'silent' })
    await bundle.write({
      dir: dirname(output),
      entryFileNames: basename(output),
      format: 'esm',
      minify: true,
    })
  },

  async webpack() {
    const { default: webpack } = await load('webpack')
    await webpackLike(webpack)
  },

  async rspack() {
    const { rspack } = await load('@rspack/core')
    await webpackLike(rspack)
  },
}

await bundlers[bundler]()

async function esbuild(options) {
  const { build } = await load('esbuild')
  const forNode = {
    platform: 'node',
    // CommonJS in a bundle of ES modules asks for Node's modules by `require`.
    banner: {
      js: `import { createRequire as bundled } from 'node:module';const require = bundled(import.meta.url);`,
    },
  }
  // As the tools for workers do it.
  const forWorker = { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] }
  await build({
    ...{
      entryPoints: [entry],
      outfile: output,
      bundle: true,
      minify: true,
      format: 'esm',
      logLevel: 'silent',
    },
    ...(isForNode ? forNode : forWorker),
    ...options,
  })
}

async function webpackLike(pack) {
  const configuration = {
    mode: 'production',
    target: isForNode ? 'node20' : 'webworker',
    entry,
    experiments: { outputModule: true },
    output: {
      path: dirname(output),
      filename: basename(output),
      module: true,
      chunkFormat: 'module',
      library: { type: 'module' },
    },
  }
  await new Promise((done, fail) =>
    pack(configuration, (error, stats) => {
      const problem =
        error ?? (stats.hasErrors() ? new Error(stats.toString({ all: false, errors: true })) : null)
      if (problem) fail(problem)
      else done()
    }),
  )
}
