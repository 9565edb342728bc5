import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  target: 'node20',
  platform: 'neutral',
  // undici is asked for at run time, on the first request that uses it; everything else is bundled.
  external: ['undici', /^node:/],
  noExternal: ['zod', 'p-retry'],
  dts: true,
  sourcemap: true,
  clean: true,
  treeshake: true,
  removeNodeProtocol: false,
})
