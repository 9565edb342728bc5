import { readdir, readFile, writeFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'

/** The packages whose code is in the library or in the command, with those that they depend on. */
export const bundled = [
  '@bomb.sh/tab',
  'ansi-regex',
  'ansi-styles',
  'commander',
  'csv-stringify',
  'get-east-asian-width',
  'is-network-error',
  'leven',
  'p-retry',
  'picocolors',
  'string-width',
  'wrap-ansi',
  'zod',
]

/** Texts of licenses that a package names without containing them. */
const LICENSES: Readonly<Record<string, string>> = { '@bomb.sh/tab': 'src/cli/tab-license.txt' }

const entries = {
  index: 'src/index.ts',
  twilio: 'src/twilio.ts',
  bird: 'src/bird.ts',
  adapter: 'src/adapter.ts',
  schema: 'src/schema.ts',
  testing: 'src/testing/index.ts',
}

/** What `imports` in package.json refers to: undici on Node, and an empty module in browsers and workers. */
const undici = {
  undici: 'src/http/transport/undici.ts',
  'undici-core': 'src/http/transport/undici-core.ts',
  'no-undici': 'src/http/transport/no-undici.ts',
}

// undici is loaded by the first request that uses it. zod/mini, p-retry and leven are bundled; `schema` alone uses the app's
// zod, so that its schemas can be part of the app's own.
const common: Options = {
  target: 'node20',
  platform: 'node',
  external: [/^#undici/],
  noExternal: [/^zod\/mini$/],
  // What several files share is in files of its own, so that nothing is loaded twice.
  splitting: true,
  removeNodeProtocol: false,
}

const library: Options = {
  ...common,
  entry: { ...entries, ...undici },
  format: ['esm', 'cjs'],
  dts: { entry: entries },
  sourcemap: true,
  clean: true,
  treeshake: true,
  esbuildOptions(options, { format }) {
    // Jest has no `import()` in CommonJS.
    if (format === 'cjs') options.supported = { 'dynamic-import': false }
  },
}

/** The command has the library in it, and the packages that only it needs. */
export const command: Options = {
  ...common,
  entry: { cli: 'src/cli/index.ts' },
  format: 'esm',
  // commander is CommonJS, and requires modules of Node's.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
}

export default defineConfig([library, { ...command, onSuccess: writeLicenses }])

async function writeLicenses(): Promise<void> {
  const texts = bundled.map(async (name) => {
    const folder = `node_modules/${name}`
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
    const path = file === undefined ? LICENSES[name] : `${folder}/${file}`
    if (path === undefined) throw new Error(`${name} comes without the text of its license`)
    return `${name} ${version} (${license})\n\n${(await readFile(path, 'utf8')).trim()}\n`
  })
  await writeFile('dist/third-party-licenses.txt', (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`))
}
