import { afterEach, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import {
  type AdapterOptionsSource,
  parseAdapterOptions,
  readEnvironment,
  type Schema,
} from '../../src/adapter.ts'
import { ConfigurationError } from '../../src/index.ts'
import { thrownBy } from '../support/listing.ts'

const source: AdapterOptionsSource = {
  call: 'example()',
  provider: 'example',
  secrets: ['accessKey'],
  identifiers: ['projectId'],
  missing: { accessKey: 'pass it, or set EXAMPLE_ACCESS_KEY' },
}

function messageFor(schema: Schema, given: object, changes: Partial<AdapterOptionsSource> = {}): string {
  const parse = () =>
    Reflect.apply(parseAdapterOptions, null, [schema, given, () => ({ ...source, ...changes })])
  return thrownBy(parse, ConfigurationError).message
}

/** A schema of a library with words of its own, whose issues have no more than Standard Schema prescribes. */
function schemaOf(...issues: { message: string; path: string[] }[]): Schema {
  return { '~standard': { version: 1, vendor: 'other', validate: () => ({ issues }) } }
}

afterEach(() => vi.unstubAllEnvs())

describe('an error for options says what to do about a missing one', () => {
  const missing = 'example(): accessKey is missing: pass it, or set EXAMPLE_ACCESS_KEY'

  it("in the adapter's words, whatever those of its schema", () => {
    expect(messageFor(z.strictObject({ accessKey: z.string() }), {})).toBe(missing)
    expect(messageFor(z.strictObject({ accessKey: z.string('must be a string') }), {})).toBe(missing)
    const other = schemaOf({
      message: 'Invalid key: Expected "accessKey" but received undefined',
      path: ['accessKey'],
    })
    expect(messageFor(other, {})).toBe(missing)
    expect(messageFor(other, { accessKey: undefined })).toBe(missing)
  })

  it('but not about one that is invalid, or that has no hint', () => {
    const schema = z.strictObject({ accessKey: z.string(), projectId: z.string() })
    expect(messageFor(schema, { accessKey: null, projectId: 'p' })).not.toContain('is missing')
    expect(messageFor(schema, { accessKey: 'key' })).toMatch(
      /^example\(\): projectId Invalid input: .*undefined/,
    )
  })
})

describe('an error for options shows the value', () => {
  const schema = z.strictObject({
    accessKey: z.string(),
    projectId: z.string().regex(/^\d+$/),
    size: z.optional(z.number().max(9)),
  })
  const valid = { accessKey: 'key', projectId: '7' }

  it("after the schema's own words", () => {
    expect(messageFor(schema, { ...valid, size: 10 })).toMatch(/^example\(\): size Too big: .*; got 10$/)
    const other = schemaOf({ message: 'Invalid type: Expected number', path: ['size'] })
    expect(messageFor(other, { size: 'ten' })).toBe(
      'example(): size Invalid type: Expected number; got "ten"',
    )
  })

  it('unless it is secret', () => {
    expect(messageFor(schema, { ...valid, accessKey: 1234567 })).toMatch(/; got a number \(not shown\)$/)
    expect(messageFor(schema, { ...valid, projectId: 'hunter2' })).toMatch(/; got "hunt…"$/)
  })

  it('unless the message does so already', () => {
    const other = schemaOf({ message: 'must be a number; got ten', path: ['size'] })
    expect(messageFor(other, { size: 'ten' })).toBe('example(): size must be a number; got ten')
  })

  it('unless the check says that the message is complete', () => {
    const complete = schema.refine(() => false, {
      path: ['size'],
      error: 'must not be combined with projectId',
      params: { isComplete: true },
    })
    expect(messageFor(complete, { ...valid, size: 1 })).toBe(
      'example(): size must not be combined with projectId',
    )
  })
})

describe('an error for a missing option names the variables that are set by mistake', () => {
  const schema = z.strictObject({ accessKey: z.string() })
  const variableAliases = { EXAMPLE_API_KEY: 'EXAMPLE_ACCESS_KEY', EXAMPLE_TOKEN: 'EXAMPLE_ACCESS_KEY' }
  const hint = 'EXAMPLE_API_KEY is set, but EXAMPLE_ACCESS_KEY is read instead'

  it('and those that are read instead, but no others and no values', () => {
    vi.stubEnv('EXAMPLE_API_KEY', 'hunter2')
    const message = messageFor(schema, {}, { variableAliases })
    expect(message).toContain(`\n- ${hint}`)
    expect(message).not.toMatch(/hunter2|EXAMPLE_TOKEN/)
  })

  it('unless the one that is read is set too, or nothing is missing', () => {
    vi.stubEnv('EXAMPLE_API_KEY', 'hunter2')
    expect(messageFor(schema, { accessKey: 7 }, { variableAliases })).not.toContain('EXAMPLE_API_KEY')
    vi.stubEnv('EXAMPLE_ACCESS_KEY', 'another')
    const wrong = z.strictObject({ accessKey: z.string(), projectId: z.string() })
    const defaults = readEnvironment({ accessKey: 'EXAMPLE_ACCESS_KEY' })
    const missing = { projectId: 'pass it' }
    expect(messageFor(wrong, {}, { variableAliases, defaults, missing })).toBe(
      'example(): projectId is missing: pass it',
    )
  })
})
