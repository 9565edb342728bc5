// Builds and starts the app, and visits its pages while what the server has changes. Prints what each visit showed.
import { execFile, spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const cwd = import.meta.dirname

// Three pages, each with the time in it.
let time = 1
let lastRequestAt = Date.now()
const timeServer = createServer((request, response) => {
  lastRequestAt = Date.now()
  const { pathname, searchParams, origin } = new URL(request.url, `http://${request.headers.host}`)
  const number = Number(searchParams.get('PageToken') ?? 0)
  const nextPage = `${origin}${pathname}?PageToken=${number + 1}&Page=${number + 1}`
  const page = {
    conversations: [{ conversation_sid: `CH${number}`, conversation_friendly_name: String(time) }],
    meta: { key: 'conversations', next_page_url: number < 2 ? nextPage : null },
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(page))
})
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', TIME_SERVER: await listen(timeServer) }
await promisify(execFile)(process.execPath, [next, 'build'], { cwd, env, maxBuffer: 2 ** 26 })

const free = createServer()
const origin = await listen(free)
await new Promise((resolve) => free.close(resolve))
const app = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', new URL(origin).port], {
  cwd,
  env,
})
try {
  while (!(await fetch(`${origin}/static`).catch(() => null))) await wait(100)
  const visits = { dynamic: [], revalidate: [] }
  for (time = 2; time < 6; time += 1) visits.dynamic.push(await visit('dynamic'))
  for (; time < 16; time += 1) {
    // The first page makes the same first request, so that its response is younger than the others when they are due.
    if (time % 2 === 0) await visit('first')
    else visits.revalidate.push(await visit('revalidate'))
    // Next renders a page anew after the visit that found it old. What the server has must not change meanwhile.
    do await wait(500)
    while (Date.now() - lastRequestAt < 500)
  }
  console.log(
    JSON.stringify({ ...visits, visit: await visit('visit/1'), cached: await cachedParticipants() }),
  )
} finally {
  app.kill()
  timeServer.close()
  timeServer.closeAllConnections()
}

async function visit(page) {
  const text = await (await fetch(`${origin}/${page}`)).text()
  return JSON.parse(/<p>(.*?)<\/p>/.exec(text)?.[1].replaceAll('&quot;', '"') ?? 'null')
}

/** The entries of the data cache that name the participant. */
async function cachedParticipants() {
  const folder = join(cwd, '.next', 'cache', 'fetch-cache')
  const names = await readdir(folder).catch(() => [])
  const entries = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return entries.filter((text) => text.includes(process.env.ADDRESS.slice(1))).length
}

async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}`
}
