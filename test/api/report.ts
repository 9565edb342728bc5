/**
 * The public types as one text, so that no change to them goes unnoticed: `npm run api:check` compares the build with
 * `public-api.md`, and `npm run api:update` writes it.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const entries = {
  '.': 'index',
  './twilio': 'twilio',
  './bird': 'bird',
  './adapter': 'adapter',
  './schema': 'schema',
  './testing': 'testing',
}
const reportFile = fileURLToPath(new URL('public-api.md', import.meta.url))
const dist = fileURLToPath(new URL('../../dist', import.meta.url))

const report = createReport()
if (process.argv.includes('--update')) {
  await writeFile(reportFile, report)
} else if ((await readFile(reportFile, 'utf8').catch(() => '')) !== report) {
  console.error(
    'The public types have changed. If that is meant: `npm run api:update`, and commit the difference.',
  )
  process.exitCode = 1
}

function createReport(): string {
  const files = Object.values(entries).map((name) => `${dist}/${name}.d.ts`)
  const program = ts.createProgram(files, { types: ['node'], lib: ['lib.es2022.d.ts'], skipLibCheck: true })
  const checker = program.getTypeChecker()
  const printer = ts.createPrinter({ removeComments: true })

  const exported = new Map<string, string[]>()
  const declarations = new Map<ts.Symbol, string>()
  for (const [entry, name] of Object.entries(entries)) {
    const file = program.getSourceFile(`${dist}/${name}.d.ts`)
    const module = file && checker.getSymbolAtLocation(file)
    if (module === undefined) throw new Error(`${name}.d.ts is missing: \`npm run build\` first`)
    const symbols = checker.getExportsOfModule(module)
    for (const symbol of symbols) {
      exported.set(symbol.name, [...(exported.get(symbol.name) ?? []), entry])
      declare(symbol)
    }
  }
  const names = [...exported].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '# The public types\n\nWritten by `npm run api:update`.\n\n## Exports\n',
    '| name | entries |\n|---|---|',
    ...names.map(([name, from]) => `| \`${name}\` | ${from.join(' ')} |`),
    '\n## Declarations\n\n```ts',
    ...[...declarations.values()].sort(),
    '```\n',
  ].join('\n')

  /** Adds a declaration and those that it refers to, exported or not. */
  function declare(named: ts.Symbol): void {
    const symbol = named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
    const own = (symbol.declarations ?? []).filter(
      (node) => node.getSourceFile().fileName.startsWith(dist) && ts.isSourceFile(node.parent),
    )
    if (own.length === 0 || declarations.has(symbol)) return
    const print = (node: ts.Node): string =>
      printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^declare /, '')
    declarations.set(symbol, `${own.map(print).join('\n')}\n`)
    for (const node of own) declareNames(node)
  }

  function declareNames(node: ts.Node): void {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined
    if (symbol !== undefined) declare(symbol)
    ts.forEachChild(node, declareNames)
  }
}
