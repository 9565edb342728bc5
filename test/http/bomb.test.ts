import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { listenOnLoopback } from '../support/loopback.ts'

const DEFAULT_LIMIT_MEBIBYTES = 16

/** 2 GiB of whitespace in 2 MiB: the members of a gzip stream are decompressed one after the other. */
const member = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '))
const bomb = Buffer.concat(Array.from({ length: 128 }, () => member))

test.each(['default', 'fetch'])(
  'a body that would expand to 2 GiB stays within the memory limit, over the %s transport',
  async (transport) => {
    const server = createServer((request, response) => {
      if (request.url?.includes('0199')) response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      else response.end('{"conversations":[]}')
    })
    const host = await listenOnLoopback(server)

    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'test/support/bomb-client.ts', `http://${host}`, transport],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
    )
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))

    const outcome = JSON.parse(stdout)
    expect(outcome.name).toBe('ResponseValidationError')
    expect(outcome.message).toContain('maxResponseBytes')
    expect(outcome.grownMebibytes).toBeLessThan(DEFAULT_LIMIT_MEBIBYTES + 64)
  },
)
