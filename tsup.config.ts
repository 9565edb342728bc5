import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    twilio: 'src/twilio.ts',
    bird: 'src/bird.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'neutral',
  // undici is asked for at run time, on the first request that uses it; everything else is bundled.
  external: ['undici', 'msw', /^node:/],
  noExternal: ['zod', 'p-retry'],
  dts: true,
  sourcemap: true,
  clean: true,
  // What the entries share is in files of its own, so that nothing is loaded twice.
  splitting: true,
  treeshake: true,
  removeNodeProtocol: false,
})
