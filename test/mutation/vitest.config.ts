import { basename, dirname } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import config from '../../vitest.config.ts'

/** Files that take seconds. */
const SLOW = /\/(agents|undici|cursor|errors|proxy|broken-answers|page-tokens|cursor-attack)\.test\.ts$/

/** Where a mutant most likely fails a test runs first: in the folder of the same name, and in quick files. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // The file that holds the mutant.
    const [mutated = ''] = this.ctx.config.related ?? []
    const folder = basename(dirname(mutated))
    const rank = ({ moduleId }: TestSpecification): number =>
      (basename(dirname(moduleId)) === folder ? 0 : 1) + (SLOW.test(moduleId) ? 2 : 0)
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}

/**
 * The tests that judge a mutant: all but those of `testing/`, which is not mutated, and those that take seconds or start
 * processes, which others back up.
 */
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
        'test/schema/round-trip.test.ts',
        'test/testing/**',
        'test/**/consumers/**',
      ],
      // A mutant that hangs is one that is found.
      testTimeout: 20_000,
      hookTimeout: 20_000,
      // Stryker runs several mutants at once.
      maxWorkers: 1,
      // Files share their modules, so that each run loads them once.
      isolate: false,
      sequence: { sequencer: NearestFirst },
    },
  }),
)
