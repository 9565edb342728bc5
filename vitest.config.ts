import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: { 'participant-conversations': fileURLToPath(new URL('src/index.ts', import.meta.url)) },
  },
  test: { include: ['test/**/*.test.ts', 'examples/**/*.test.ts'], testTimeout: 20_000 },
})
