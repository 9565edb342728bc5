/**
 * Writes the source maps of the declaration files, so that an editor's Go to Definition leads to `src`, which is in the
 * package. tsup rolls the declarations up without maps. Both sides are parsed here, and a name leads to the declaration
 * in `src` that is called the same. Run after tsup, by `npm run build`.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import ts from 'typescript'

/** A declaration, or a member of one. */
interface Declaration {
  readonly file: ts.SourceFile
  readonly node: ts.Node
  readonly name: ts.Node
  readonly isExported: boolean
}

const dist = new URL('dist/', import.meta.url)
const src = new URL('src/', import.meta.url)
// What is not in the package.
const isPrivate = (path: string): boolean => /^(cli|testing)\//.test(path)

const declared = await readDeclarations()
for (const path of await readdir(dist)) {
  // The testing entry goes without, as its code does.
  if (/(?<!^testing)\.d\.c?ts$/.test(path)) await writeMap(path)
}

/** The declarations of `src` by their dotted names. */
async function readDeclarations(): Promise<Map<string, Declaration[]>> {
  const found = new Map<string, Declaration[]>()
  for (const path of (await readdir(src, { recursive: true })).sort()) {
    if (!path.endsWith('.ts') || isPrivate(path)) continue
    for (const [name, declaration] of declarationsOf(await parse(new URL(path, src), `../src/${path}`))) {
      found.set(name, [...(found.get(name) ?? []), declaration])
    }
  }
  return found
}

async function writeMap(path: string): Promise<void> {
  const file = await parse(new URL(path, dist), path)
  const sources: string[] = []
  const lines: SourceMapSegment[][] = file.text.split('\n').map(() => [])
  const add = (from: number, target: ts.SourceFile, to: number): void => {
    const { line, character } = file.getLineAndCharacterOfPosition(from)
    const original = target.getLineAndCharacterOfPosition(to)
    if (!sources.includes(target.fileName)) sources.push(target.fileName)
    const source = sources.indexOf(target.fileName)
    lines[line]?.push([character, source, original.line, original.character])
  }
  for (const [name, { node, name: nameNode }] of declarationsOf(file)) {
    const original = originalOf(name)
    add(node.getStart(), original.file, original.node.getStart())
    if (nameNode.getStart() > node.getStart())
      add(nameNode.getStart(), original.file, original.name.getStart())
    add(node.end, original.file, original.node.end)
  }
  const mappings = encode(lines.map((line) => line.sort(([a], [b]) => a - b)))
  // TypeScript ignores a map without `file`.
  const map = { version: 3, file: path, sources, names: [], mappings }
  await writeFile(new URL(`${path}.map`, dist), JSON.stringify(map))
  await writeFile(new URL(path, dist), `${file.text.trimEnd()}\n//# sourceMappingURL=${path}.map\n`)
}

/** Where two files declare the same name, the rolled-up declaration is the exported one. */
function originalOf(name: string): Declaration {
  const all = declared.get(name) ?? []
  const exported = all.filter(({ isExported }) => isExported)
  const [original, second] = exported.length > 0 ? exported : all
  if (original === undefined || second !== undefined) {
    throw new Error(
      `src has ${original === undefined ? 'no declaration' : 'several declarations'} of ${name}`,
    )
  }
  return original
}

/** The declarations of a file and their members, by their dotted names. */
function declarationsOf(file: ts.SourceFile): Map<string, Declaration> {
  const found = new Map<string, Declaration>()
  const visit = (node: ts.Node, parent: string, isExported: boolean): void => {
    if (isIgnored(node)) return
    const name = nameOf(node)
    const path = name === undefined ? parent : `${parent}.${name === node ? 'constructor' : name.getText()}`
    if (name !== undefined) found.set(firstFree(path, found), { file, node, name, isExported })
    // The type of a constant may be inferred: then its members are written nowhere in src.
    if (!ts.isVariableDeclaration(node)) ts.forEachChild(node, (child) => visit(child, path, isExported))
  }
  for (const statement of file.statements) visit(statement, '', isExport(statement))
  return found
}

/** What declares nothing, and what declaration files leave out. */
function isIgnored(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isBlock(node) || ts.isExpression(node)
  )
}

/** Overloads, and members of the alternatives of a union, have the same name: they are numbered. */
function firstFree(path: string, found: ReadonlyMap<string, unknown>): string {
  let number = 1
  while (found.has(`${path} ${number}`)) number += 1
  return `${path} ${number}`
}

function nameOf(node: ts.Node): ts.Node | undefined {
  if (ts.isConstructorDeclaration(node)) return node
  if (ts.isParameter(node) || ts.isTypeParameterDeclaration(node)) return undefined
  // It looks at the kind of the node, and has no name for what declares nothing.
  return ts.getNameOfDeclaration(node as ts.Declaration)
}

function isExport(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
}

async function parse(url: URL, name: string): Promise<ts.SourceFile> {
  return ts.createSourceFile(name, await readFile(url, 'utf8'), ts.ScriptTarget.Latest, true)
}
