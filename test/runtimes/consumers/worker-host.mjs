// Runs a bundled worker in workerd, without Node's modules, and prints what it answers.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , miniflare, entry, settings] = process.argv
const { Miniflare } = await import(pathToFileURL(miniflare).href)

const folder = dirname(entry)
const files = readdirSync(folder).filter((name) => /\.m?js$/.test(name))
// The first one is the worker.
const paths = new Set([entry, ...files.map((name) => join(folder, name))])
const worker = new Miniflare({
  modules: Array.from(paths, (path) => ({ type: 'ESModule', path })),
  modulesRoot: folder,
  compatibilityDate: '2025-10-01',
})
try {
  const response = await worker.dispatchFetch('http://worker/', { method: 'POST', body: settings })
  console.log(await response.text())
} finally {
  await worker.dispose()
}
