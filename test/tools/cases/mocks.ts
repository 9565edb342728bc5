import type { Project, Tool } from '../tool.ts'

/** Mocks answer in place of the network. */
export const mocks: readonly Tool[] = [
  mock('MSW 2', ['msw@2'], ['msw.mjs'], '20'),
  mock('MSW 3', ['msw@3'], ['msw.mjs']),
  mock('nock 14', ['nock@14'], ['nock.mjs'], '20'),
  mock('nock 15', ['nock@15'], ['nock.mjs']),
  mock('fetch-mock', ['fetch-mock'], ['fetch-mock.mjs']),
  mock('jest-fetch-mock', ['jest-fetch-mock', 'jest@30'], jest('jest-fetch-mock.jest.cjs')),
  mock('sinon', ['sinon'], ['sinon.mjs']),
]

function mock(name: string, packages: readonly string[], command: readonly string[], node?: string): Tool {
  return {
    name,
    packages,
    ...(node !== undefined && { node }),
    observe: (project) => listMocked(project, command),
  }
}

function jest(file: string): readonly string[] {
  return ['node_modules/jest/bin/jest.js', '--rootDir', '.', '--testMatch', `**/${file}`]
}

async function listMocked({ node, requests }: Project, command: readonly string[]): Promise<string> {
  const printed = await node(command)
  // Jest prints its report elsewhere: the test itself expects the conversation.
  if (printed !== 'CH-mocked' && !command[0]?.includes('jest'))
    throw new Error(`it listed ${printed.slice(0, 200)}`)
  if (requests.length > 0) throw new Error(`${requests.length} requests went past the mock`)
  return 'answers the listing; no request goes past it'
}
