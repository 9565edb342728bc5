import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project, Tool } from '../tool.ts'

/** Compilers and environments of Jest. */
export const testRunners: readonly Tool[] = [
  {
    name: 'ts-jest',
    packages: ['ts-jest@29', 'jest@29', 'typescript@5', '@types/jest@29', '@types/node@24'],
    observe: (project) => observe(project, 'ts-jest', 'a test in TypeScript lists, type-checked'),
  },
  {
    name: 'swc-jest',
    packages: ['@swc/jest', '@swc/core', 'jest@30'],
    observe: (project) => observe(project, 'swc-jest', 'a test in TypeScript lists'),
  },
  {
    name: 'jest-environment-jsdom',
    packages: ['jest-environment-jsdom@30', 'jest@30'],
    observe: (project) =>
      observe(project, 'jsdom', 'every entry can be imported; there is no `fetch` to list with'),
  },
  {
    name: 'jest-fixed-jsdom',
    packages: [
      'jest-fixed-jsdom',
      'jest-environment-jsdom@30',
      'jest@30',
      'msw@2',
      '@babel/plugin-transform-modules-commonjs@7',
    ],
    observe: (project) => observe(project, 'fixed-jsdom', 'lists over HTTP, and from MSW 2'),
  },
]

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly message: string }[]
}

async function observe({ folder, node }: Project, config: string, result: string): Promise<string> {
  const output = join(folder, 'report.json')
  const args = ['--config', `jest/${config}.config.cjs`, '--rootDir', '.', '--json', `--outputFile=${output}`]
  // Failed tests are in the report.
  const printed = await node(['node_modules/jest/bin/jest.js', ...args]).catch(String)
  const text = await readFile(output, 'utf8').catch(() => {
    throw new Error(printed)
  })
  const report: Report = JSON.parse(text)
  if (
    report.numPassedTests === 0 ||
    report.numFailedTests > 0 ||
    report.testResults.some(({ message }) => message)
  ) {
    throw new Error(report.testResults.map(({ message }) => message).join('\n') || 'no test ran')
  }
  return result
}
