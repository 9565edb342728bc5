import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve as listen, type ServerType } from '@hono/node-server'
import { type AppOptions, createApp } from './app.ts'

const PAGE_FOLDER = fileURLToPath(new URL('../dist', import.meta.url))

export type ServeOptions = Omit<AppOptions, 'pageFolder'>

/** Serves the inbox on loopback. Port 0 takes a free one. Rejects if the port is in use. */
export function serve(options: ServeOptions, port: number): Promise<{ url: string; close(): Promise<void> }> {
  const app = createApp({ ...options, pageFolder: PAGE_FOLDER })
  return new Promise((resolve, reject) => {
    const server: ServerType = listen(
      { fetch: app.fetch, hostname: '127.0.0.1', port },
      ({ port }: AddressInfo) =>
        resolve({
          url: `http://127.0.0.1:${port}`,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed())
              if ('closeAllConnections' in server) server.closeAllConnections()
            }),
        }),
    )
    server.once('error', reject)
  })
}
