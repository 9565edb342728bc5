import { createServer, type Socket } from 'node:net'

/** Ways in which a network fails, each at a URL of its own. */
export interface FaultServer {
  readonly urls: Readonly<Record<string, string>>
  close(): Promise<void>
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

const faults: Readonly<Record<string, (socket: Socket) => void>> = {
  'closed before the response': (socket) => socket.end(),
  reset: (socket) => socket.resetAndDestroy(),
  'a body shorter than its content-length': (socket) =>
    socket.end(`${head}content-length: 1000\r\n\r\n{"conversations": [`),
  'a body without its last chunk': (socket) =>
    socket.end(`${head}transfer-encoding: chunked\r\n\r\n13\r\n{"conversations": [\r\n`),
  'a body that is not gzip, as it says': (socket) =>
    socket.end(`${head}content-encoding: gzip\r\ncontent-length: 21\r\n\r\n{"conversations": []}\n`),
}

export async function serveFaults(): Promise<FaultServer> {
  const servers = await Promise.all(Object.values(faults).map(listen))
  // Nothing listens on the port of a server that has closed.
  const gone = await listen(() => {})
  await gone.close()
  const names = ['a refused connection', ...Object.keys(faults)]
  return {
    urls: Object.fromEntries([gone, ...servers].map(({ url }, index) => [names[index], url])),
    async close() {
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

async function listen(fail: (socket: Socket) => void): Promise<{ url: string; close(): Promise<unknown> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('data', () => fail(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
