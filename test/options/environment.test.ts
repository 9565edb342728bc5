import { afterEach, expect, it, vi } from 'vitest'
import { readEnvironment } from '../../src/adapter.ts'

const variables = { accessKey: 'EXAMPLE_ACCESS_KEY', region: 'EXAMPLE_REGION' }

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

it('the environment has the variables that are set, and no property for the others', () => {
  vi.stubEnv('EXAMPLE_ACCESS_KEY', 'a-key')
  expect(Object.entries(readEnvironment(variables))).toEqual([['accessKey', 'a-key']])
  vi.stubEnv('EXAMPLE_REGION', '')
  expect(Object.keys(readEnvironment(variables))).toEqual(['accessKey'])
})

it.each([
  ['without process, as in a browser', undefined],
  ['without process.env, as in a worker', {}],
  [
    'that may not be read, as on Deno without --allow-env',
    {
      get env(): never {
        throw new Error('Requires env access')
      },
    },
  ],
])('the environment of a platform %s is empty', (_, process) => {
  vi.stubEnv('EXAMPLE_ACCESS_KEY', 'a-key')
  vi.stubGlobal('process', process)
  const found = readEnvironment(variables)
  vi.unstubAllGlobals()
  expect(Object.keys(found)).toEqual([])
})
