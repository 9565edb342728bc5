import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Tests that leave the platform and the modules as they were, and may share one copy of the library. */
const ORDINARY = ['test/{listing,model,options,provider,providers,schema,testing}/**/*.test.ts']

const source = (path: string): string => `${fileURLToPath(new URL('src', import.meta.url))}/${path}`

export default defineConfig({
  resolve: {
    alias: [
      { find: /^participant-conversations$/, replacement: source('index.ts') },
      { find: /^participant-conversations\/(twilio|bird|adapter|schema)$/, replacement: source('$1.ts') },
      { find: /^#(undici|undici-core)$/, replacement: source('http/transport/$1.ts') },
      { find: /^participant-conversations\/testing$/, replacement: source('testing/index.ts') },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        // Loading the library anew for each file takes longer than the tests in it.
        test: { name: 'ordinary', include: ORDINARY, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          // The last two are packages of their own, with their own tests: `npm run backfill:test`, `npm run test:browser`.
          exclude: [...ORDINARY, '**/node_modules/**', 'examples/backfill/**', 'examples/inbox/**'],
        },
      },
    ],
    // Only for what hangs. How long a test takes depends on the machine, which may be busy.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Failures and a summary, which fit on a screen.
    reporters: ['minimal'],
    // Much of the time is waiting, for servers and for other processes.
    maxWorkers: 4,
  },
})
