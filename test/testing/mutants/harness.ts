import { describe, expect, it } from 'vitest'
import type { AnyConversation } from '../../../src/index.ts'
import { type TestProviderOptions, testProvider } from '../../../src/testing/index.ts'
import { type Broken, example } from './adapter.ts'

type Options = TestProviderOptions<AnyConversation, 'id'>
type Case = Parameters<Options['test']>

/** The suite for an adapter, with what its provider sends. */
export const options: Omit<Options, 'test' | 'createProvider'> = {
  participant: { id: 'contact-1' },
  unsupportedParticipants: [{ identity: 'jo' }],
  secrets: ['a-secret-key'],
  readPageToken: (request) => new URL(request.url).searchParams.get('after'),
  respond: ({ conversations, nextPageToken, total }) =>
    Response.json({
      next: nextPageToken,
      items: conversations.map(({ id, status }) => ({ key: id, state: status })),
      total,
    }),
}

/** The cases that the suite registers. */
export function casesOf(suite: Omit<Options, 'test'>): Case[] {
  const cases: Case[] = []
  testProvider<AnyConversation, 'id'>({ ...suite, test: (...registered) => cases.push(registered) })
  return cases
}

/** The message of each case that fails, by the name of the case. */
export async function failuresOf(suite: Omit<Options, 'test'>): Promise<Record<string, string>> {
  const failures: Record<string, string> = {}
  for (const [name, run] of casesOf(suite)) {
    await run().catch((error: Error) => {
      failures[name] = error.message
    })
  }
  return failures
}

/** The message of one case; null if the adapter passes it. */
export async function failureOf(suite: Omit<Options, 'test'>, name: string): Promise<string | null> {
  const found = casesOf(suite).find((registered) => registered[0] === name)
  if (found === undefined) throw new Error(`there is no case "${name}"`)
  return found[1]().then(
    () => null,
    (error: Error) => error.message,
  )
}

export function suiteOf(broken: Broken): Omit<Options, 'test'> {
  return { ...options, createProvider: (fetch, http) => example(fetch, http, broken) }
}

/** An adapter with one fault, the case that finds it, and what the case says. */
export type Mutant = readonly [fault: string, broken: Broken, name: string, message: RegExp]

/** Checks that the suite finds each fault, and shows no secret as it says so. */
export function findsFaults(mutants: readonly Mutant[]): void {
  describe('testProvider() reports that an adapter', () => {
    it.each(mutants)('%s', async (_, broken, name, message) => {
      const failure = await failureOf(suiteOf(broken), name)
      expect(failure).toMatch(message)
      expect(failure).not.toContain('a-secret-key')
    })
  })
}
