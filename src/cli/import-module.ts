import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ConversationsError } from '../index.ts'
import { asSentence } from './text.ts'
import { UsageError } from './usage-error.ts'

/**
 * Imports an ES or CommonJS module: a file, with its path relative to the working directory, a file URL, or a package that
 * is installed there.
 *
 * @throws UsageError that says why it cannot be loaded, and what to do
 * @throws ConversationsError as the module throws it
 */
export async function importModule(specifier: string): Promise<object> {
  const url = urlOf(specifier)
  try {
    return await import(url)
  } catch (error) {
    if (error instanceof ConversationsError) throw error
    throw cannotLoad(specifier, error, adviceFor(error, fileURLToPath(url)))
  }
}

function urlOf(specifier: string): string {
  try {
    const name = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier
    if (isFile(name)) return pathToFileURL(resolve(name)).href
    return resolvePackage(name)
  } catch (error) {
    const advice =
      codeOf(error) === 'ERR_PACKAGE_PATH_NOT_EXPORTED'
        ? 'Pass the path of its file instead.'
        : `Check the path, or install the package in ${process.cwd()}.`
    throw cannotLoad(specifier, error, advice)
  }
}

/** Also finds `./folder`, and files without their extension. */
function resolvePackage(name: string): string {
  try {
    const path = createRequire(resolve('package.json')).resolve(name)
    if (!isAbsolute(path)) throw new Error(`${name} is a module of Node.`)
    return pathToFileURL(path).href
  } catch (error) {
    if (codeOf(error) !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error
    // The package is for `import` alone, which Node resolves only from the place of this file: it has to be installed beside it.
    try {
      return import.meta.resolve(name)
    } catch {
      throw error
    }
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function cannotLoad(specifier: string, error: unknown, advice: string): UsageError {
  return new UsageError(`Cannot load --adapter ${specifier}: ${asSentence(error)} ${advice}`, {
    cause: error,
  })
}

function adviceFor(error: unknown, path: string): string {
  switch (codeOf(error)) {
    case 'ERR_MODULE_NOT_FOUND':
    case 'MODULE_NOT_FOUND':
      return 'Install what it imports, or correct the path of the import.'
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return 'Compile it to JavaScript. Node runs TypeScript from 22.18 on, or with NODE_OPTIONS=--import=tsx.'
    default:
      // An error does not say where the syntax of an ES module is wrong.
      return `To see where, run: node ${path}`
  }
}

function codeOf(error: unknown): unknown {
  const { code }: { readonly code?: unknown } = Object(error)
  return code
}
