import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { WireFault } from './fault.ts'

/** Writes a response to the connection with one fault. The server itself handles `refuse` and `status`. */
export async function sendWithFault(
  response: Response,
  outgoing: ServerResponse,
  fault: Exclude<WireFault, { kind: 'refuse' | 'status' }>,
): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  const headers = Object.fromEntries(response.headers)
  const whole = { ...headers, 'content-length': body.byteLength }
  const { 'content-length': _, ...unmeasured } = whole

  switch (fault.kind) {
    case 'redirect':
      outgoing.writeHead(fault.status, { location: fault.location }).end()
      return
    case 'reset':
      if (fault.afterBytes !== null) await writePart(outgoing, whole, body.subarray(0, fault.afterBytes))
      outgoing.socket?.resetAndDestroy()
      return
    case 'stall':
      if (fault.afterBytes === null) return
      // The whole body would be a complete response.
      await writePart(outgoing, whole, body.subarray(0, Math.min(fault.afterBytes, body.byteLength - 1)))
      return
    case 'drip': {
      outgoing.writeHead(response.status, whole)
      const size = Math.ceil(body.byteLength / fault.pieces)
      for (let offset = 0; offset < body.byteLength; offset += size) {
        outgoing.write(body.subarray(offset, offset + size))
        await wait(fault.delayMs)
      }
      outgoing.end()
      return
    }
    case 'cutJson':
      outgoing.writeHead(response.status, unmeasured).end(body.subarray(0, body.byteLength / 2))
      return
    case 'body':
      outgoing.writeHead(200, { 'content-type': fault.contentType }).end(fault.body)
      return
    case 'charset':
      outgoing
        .writeHead(response.status, {
          ...unmeasured,
          'content-type': `application/json; charset=${fault.charset}`,
        })
        .end(Buffer.from(`${body.toString('utf8').slice(0, -1)},"é":"é"}`, fault.charset))
      return
    case 'contentType':
      outgoing.writeHead(response.status, { ...whole, 'content-type': fault.contentType }).end(body)
      return
    case 'cutGzip': {
      const compressed = gzipSync(body)
      outgoing
        .writeHead(response.status, { ...unmeasured, 'content-encoding': 'gzip' })
        .end(compressed.subarray(0, compressed.byteLength - 20))
      return
    }
    case 'gzipBomb':
      outgoing
        .writeHead(response.status, { ...unmeasured, 'content-encoding': 'gzip' })
        .end(Buffer.concat([compressedSpace(fault.bytes), gzipSync(body)]))
      return
    case 'earlyHints':
      for (let hint = 0; hint < fault.count; hint += 1)
        outgoing.writeEarlyHints({ link: '</style.css>; rel=preload' })
      outgoing.writeHead(response.status, whole).end(body)
      return
    case 'largeHeader':
      outgoing.writeHead(response.status, { ...whole, 'x-large': 'x'.repeat(fault.bytes) }).end(body)
  }
}

const bombs = new Map<number, Buffer>()

/** Whitespace, compressed once. Followed by another compressed text, it decompresses to both. */
function compressedSpace(bytes: number): Buffer {
  const bomb = bombs.get(bytes) ?? gzipSync(Buffer.alloc(bytes, ' '))
  bombs.set(bytes, bomb)
  return bomb
}

/** Resolves when the part has been sent, so that a reset comes after it. */
function writePart(
  outgoing: ServerResponse,
  headers: Record<string, string | number>,
  part: Buffer,
): Promise<void> {
  outgoing.writeHead(200, headers)
  outgoing.flushHeaders()
  return new Promise((resolve) => {
    outgoing.write(part.byteLength === 0 ? '' : part, () => resolve())
    // A client that has disconnected takes nothing more.
    outgoing.once('close', () => resolve())
  })
}
