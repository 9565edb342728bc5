import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { root } from '../package/packed.ts'
import type { Block } from './blocks.ts'

/** A block as a module of its own. Its code is unchanged, at the top; what it needs from elsewhere is imported below. */
export interface BlockModule {
  readonly block: Block
  readonly path: string
  /** The names that the block declares. Later blocks of the page may use them. */
  readonly declared: readonly string[]
}

const context = join(root, 'test', 'docs', 'context.ts')
const entries = ['index', 'adapter', 'schema', 'testing/index'].map((name) => join(root, 'src', `${name}.ts`))

/**
 * Writes each block as a module, compiles all of them, and resolves with what is wrong. A name that a block does not
 * declare comes from, in this order: the file of its docblock, an earlier block of its page, the library, and
 * `context.ts`, which has what a reader's app would have.
 */
export async function compileBlocks(
  blocks: readonly Block[],
  folder: string,
): Promise<{ modules: BlockModule[]; errors: string[] }> {
  const modules = blocks.map((block) => ({
    block,
    path: join(folder, block.file, `line-${block.line}.ts`),
    declared: declaredIn(block.code),
  }))
  await writeAll(modules, () => [])
  const bare = compile(modules)
  const sources = new Map(
    [...entries, context, ...docblockFiles(blocks)].map((file) => [file, exportsOf(bare, file)]),
  )
  await writeAll(modules, (module) => importsOf(module, modules, bare, sources))
  return { modules, errors: errorsOf(compile(modules, bare), modules) }
}

async function writeAll(
  modules: readonly BlockModule[],
  imports: (module: BlockModule) => readonly string[],
): Promise<void> {
  for (const module of modules) {
    const { path, block, declared } = module
    const added = [
      `export { registeredTests } from '${specifierOf(path, context)}'`,
      ...imports(module),
      `export { ${declared.join(', ')} }`,
    ]
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${block.code}\n${added.join('\n')}\n`)
  }
}

function compile(modules: readonly BlockModule[], oldProgram?: ts.Program): ts.Program {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [context] },
    ts.sys,
    root,
  )
  // Without the DOM: an app's own name, such as `status`, must not be taken for the global of a browser.
  const lib = ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts']
  const own = { ...options, lib, verbatimModuleSyntax: false }
  const rootNames = [...entries, context, ...modules.map(({ path }) => path)]
  const documented = docblockFiles(modules.map(({ block }) => block))
  return ts.createProgram({
    rootNames: [...rootNames, ...documented],
    options: own,
    ...(oldProgram && { oldProgram }),
  })
}

function errorsOf(program: ts.Program, modules: readonly BlockModule[]): string[] {
  return modules.flatMap(({ block, path }) => {
    const source = program.getSourceFile(path)
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map(({ start = 0, messageText }) => {
      const { line = 0 } = source?.getLineAndCharacterOfPosition(start) ?? {}
      return `${block.file}:${block.line + line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}

const CANNOT_FIND = new Set([2304, 2503, 2552, 2582, 2593, 18004])

/** An import for each name that the compiler cannot find. Names that nobody has are left, and are errors. */
function importsOf(
  { block, path }: BlockModule,
  modules: readonly BlockModule[],
  program: ts.Program,
  sources: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const source = program.getSourceFile(path)
  const missing = program
    .getSemanticDiagnostics(source)
    .filter(({ code }) => CANNOT_FIND.has(code))
    .map(({ start = 0, length = 0 }) => source?.text.slice(start, start + length) ?? '')
  const earlier = modules.filter((other) => other.block.file === block.file && other.block.line < block.line)
  return [...new Set(missing)].flatMap((name) => {
    const own = join(root, block.file)
    const from =
      [own, ...entries].find((file) => sources.get(file)?.has(name)) ??
      earlier.findLast(({ declared }) => declared.includes(name))?.path ??
      (sources.get(context)?.has(name) ? context : undefined)
    return from === undefined ? [] : [`import { ${name} } from '${specifierOf(path, from)}'`]
  })
}

function specifierOf(path: string, from: string): string {
  const specifier = relative(dirname(path), from)
  return specifier.startsWith('.') ? specifier : `./${specifier}`
}

function docblockFiles(blocks: readonly Block[]): string[] {
  return blocks.filter(({ file }) => file.endsWith('.ts')).map(({ file }) => join(root, file))
}

function exportsOf(program: ts.Program, file: string): ReadonlySet<string> {
  const source = program.getSourceFile(file)
  const symbol = source && program.getTypeChecker().getSymbolAtLocation(source)
  const exported = symbol === undefined ? [] : program.getTypeChecker().getExportsOfModule(symbol)
  return new Set(exported.map(({ name }) => name))
}

/** The variables and functions that code declares at its top level, apart from those that it exports itself. */
function declaredIn(code: string): string[] {
  const source = ts.createSourceFile('block.ts', code, ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) => {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined && !isExported(statement)) {
      return [statement.name.text]
    }
    if (!ts.isVariableStatement(statement) || isExported(statement)) return []
    return statement.declarationList.declarations.flatMap(namesIn)
  })
}

function isExported(node: ts.Statement & ts.HasModifiers): boolean {
  return ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

function namesIn({ name }: { name: ts.BindingName }): string[] {
  if (ts.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element)))
}
