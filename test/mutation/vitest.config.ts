import { defineConfig, mergeConfig } from 'vitest/config'
import config from '../../vitest.config.ts'

/** The tests that judge a mutant: all but those that take seconds or start processes, which others back up. */
export default mergeConfig(
  config,
  defineConfig({
    test: {
      exclude: [
        'test/examples.test.ts',
        'test/comparison/**',
        'test/faults/**',
        'test/http/bomb.test.ts',
        'test/listing/property.test.ts',
        'test/**/consumers/**',
      ],
      // Stryker runs several mutants at once.
      maxWorkers: 1,
      // Files share their modules, so that each run loads them once.
      isolate: false,
    },
  }),
)
