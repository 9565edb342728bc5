import { defineConfig, mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import config from '../../vitest.config.ts'

/** Files that take seconds run last: most mutants fail a test of another file first. */
const SLOW =
  /\/(agents|undici|combine-conformance|cursor|errors|proxy|broken-answers|page-tokens|cursor-attack)\.test\.ts$/

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification): boolean => SLOW.test(moduleId)
    return [...files.filter((file) => !isSlow(file)), ...files.filter(isSlow)]
  }
}

/** The tests that judge a mutant: all but those that take seconds or start processes, which others back up. */
export default mergeConfig(
  config,
  defineConfig({
    test: {
      exclude: [
        'test/examples.test.ts',
        'test/cli/**',
        'test/comparison/**',
        'test/faults/**',
        'test/http/bomb.test.ts',
        'test/listing/property.test.ts',
        'test/**/consumers/**',
      ],
      // A mutant that hangs is one that is found.
      testTimeout: 20_000,
      hookTimeout: 20_000,
      // Stryker runs several mutants at once.
      maxWorkers: 1,
      // Files share their modules, so that each run loads them once.
      isolate: false,
      sequence: { sequencer: QuickFirst },
    },
  }),
)
