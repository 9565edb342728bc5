import { readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fakeTwilioConversation } from '../../src/testing/index.ts'
import { listen } from '../../src/testing/server.ts'
import { ADDRESS } from '../support/example-accounts.ts'
import {
  type BuiltCommand,
  buildCommandForTests,
  createStage,
  idsIn,
  lines,
  type Outcome,
  run,
  type Stage,
} from './command.ts'

let command: BuiltCommand
let stage: Stage
let file: string
let number = 0
beforeAll(async () => {
  command = await buildCommandForTests()
})
afterAll(() => command.remove())
beforeEach(async () => {
  stage = await createStage({ count: 60 })
  number += 1
  file = join(command.folder, `checkpoint-${number}.json`)
})
afterEach(() => stage.server.close())

const list = (args: readonly string[] = []): Promise<Outcome> =>
  run(process.execPath, [command.path, ...stage.args, '--page-size', '10', ...args], stage.env)

describe('a checkpoint', () => {
  test('lets the same command continue after an error, even from one provider to the next', async () => {
    const all = idsIn((await list()).stdout)
    const seen: string[] = []
    stage.standIn.reset()
    stage.standIn.fail({ provider: 'twilio', page: 3, status: 401 })
    // The first run requests Bird's first page too, and ends before it is needed.
    stage.standIn.fail({ provider: 'bird', page: 1, status: 401, times: 2 })
    const codes: unknown[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      const { code, stdout, stderr } = await list(['--checkpoint', file])
      codes.push(code)
      seen.push(...idsIn(stdout))
      if (code !== 0) expect(stderr).toContain('To continue, run the same command again.')
    }
    expect(codes).toEqual([3, 3, 0])
    expect(seen).toEqual(all)
  })

  test('of a complete listing makes the command print nothing', async () => {
    await list(['--checkpoint', file])
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ complete: true, cursor: expect.any(String) })
    const { code, stdout, stderr } = await list(['--checkpoint', file])
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain('Delete it to start over.')
  })

  test.each([
    ['listed in one run', [[]]],
    ['continued', [['--limit', '70'], []]],
  ])('of a complete listing that was %s is refused for another query', async (_how, runs) => {
    for (const args of runs) await list([...args, '--checkpoint', file])
    expect(JSON.parse(await readFile(file, 'utf8')).complete).toBe(true)
    const { code, stdout, stderr } = await list(['--checkpoint', file, '--status', 'closed'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`Cannot continue from ${file}`)
  })

  test('of a query that no conversation can match is complete, but only for such a query', async () => {
    const args = ['--provider', 'twilio', '--checkpoint', file]
    for (const said of [/^$/, /says that this listing is complete/]) {
      const { code, stdout, stderr } = await list([...args, '--status', 'deleted'])
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
      expect(stderr).toMatch(said)
      expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ complete: true })
    }

    const { code, stdout, stderr } = await list(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`Cannot continue from ${file}`)
    expect(stage.standIn.requests).toEqual([])
  })

  test('does not say whose conversations it lists', async () => {
    await list(['--checkpoint', file])
    const { cursor } = JSON.parse(await readFile(file, 'utf8'))
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain(ADDRESS.slice(1))
  })

  test.each(['csv', 'table'])(
    'continues after a limit without repeating the header of %s',
    async (output) => {
      const args = ['-o', output, '--columns', 'id', '--limit', '70', '--checkpoint', file]
      const parts = [(await list(args)).stdout, (await list(args)).stdout]
      expect(lines(parts.join(''))).toHaveLength(121)
      expect(parts[0]).toMatch(/^id/i)
      expect(parts[1]).not.toMatch(/^id/i)
    },
  )

  test('lists no more than is left of a limit after an error, and as much again after it was reached', async () => {
    stage.standIn.fail({ provider: 'twilio', page: 3, status: 401 })
    const counts: number[] = []
    for (const limit of ['25', '25', '25', '7']) {
      const { stdout } = await list(['--checkpoint', file, '--limit', limit])
      counts.push(idsIn(stdout).length)
    }
    expect(counts).toEqual([20, 5, 25, 7])
  })

  test.each([
    ['csv', 'status\r\n', 'active\r\n'],
    ['table', 'STATUS\n', 'active\n'],
  ])(
    'leaves the header of %s although no conversation of the first run matched',
    async (output, header, row) => {
      await stage.server.close()
      const statuses = [...Array(20).fill('closed'), ...Array(10).fill('active')]
      stage = await createStage({
        twilio: statuses.map((status, index) =>
          fakeTwilioConversation({
            conversation_sid: `CH${`${index}`.padStart(32, '0')}`,
            conversation_state: status,
          }),
        ),
      })
      stage.standIn.fail({ provider: 'twilio', page: 3, status: 401 })
      const args = ['-o', output, '--columns', 'status', '--provider', 'twilio', '--status', 'active']
      const parts = [
        (await list([...args, '--checkpoint', file])).stdout,
        (await list([...args, '--checkpoint', file])).stdout,
      ]
      expect(parts).toEqual([header, row.repeat(10)])
    },
  )

  test('is not written if the output cannot be written', async () => {
    const shell = `'${process.execPath}' '${command.path}' ${stage.args.join(' ')} --checkpoint ${file} > /dev/full`
    expect((await run('/bin/sh', ['-c', shell], stage.env)).code).toBe(8)
    await expect(readFile(file)).rejects.toThrow('ENOENT')
  })

  test('that cannot be written ends the listing with its own exit code', async () => {
    const { code, stderr } = await list(['--checkpoint', join(command.folder, 'no', 'such', 'folder.json')])
    expect(code).toBe(8)
    expect(stderr).toContain('Cannot write the checkpoint')
  })

  test.each(['', '{}', 'null', '{"cursor":7}', '{"complete":false}', '<html>'])(
    'with the content %j is refused',
    async (content) => {
      await writeFile(file, content)
      const { code, stderr } = await list(['--checkpoint', file])
      expect(code).toBe(2)
      expect(stderr).toContain(`${file} is not a checkpoint of this command. Name another file, or delete`)
      expect(await readFile(file, 'utf8')).toBe(content)
    },
  )

  test('that is a symbolic link is written to the file it leads to, instead of in place of the link', async () => {
    const link = `${file}.link`
    await symlink(basename(file), link)
    for (const limit of ['5', '10']) {
      expect((await list(['--checkpoint', link, '--limit', limit])).code).toBe(0)
      expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('cursor')
      expect(await readlink(link)).toBe(basename(file))
    }
  })

  test('for another query is refused', async () => {
    await list(['--checkpoint', file, '--limit', '5'])
    const { code, stderr } = await list(['--checkpoint', file, '--status', 'active'])
    expect(code).toBe(2)
    expect(stderr).toContain('another query')
  })

  test.each([['{"cursor":"x"}'], ['{"cursor":"eyJ2IjoxfQ"}']])(
    'with a cursor that cannot be used, such as %s, is named instead of a cursor that nobody passed',
    async (content) => {
      await writeFile(file, content)
      const { code, stderr } = await list(['--checkpoint', file])
      expect(code).toBe(2)
      expect(stderr).toMatch(/^Error: Cannot continue from \S+: it is damaged, or .* delete this one /)
      expect(stderr).toContain(file)
      expect(stderr).not.toContain('cursor')
    },
  )

  test.each([
    [['--cursor', 'x'], 'pass one of them'],
    [['-o', 'json'], 'two JSON arrays are not one JSON document'],
    [['--keep-going'], 'once for each --provider'],
  ])('cannot be combined with %j', async (args, message) => {
    const { code, stderr } = await list(['--checkpoint', file, ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('Ctrl-C', () => {
  /** Interrupts the process when it requests the third page of SMS conversations from Twilio. */
  async function interrupted(args: readonly string[]): Promise<Outcome> {
    let smsRequests = 0
    const { fetch } = stage.standIn
    let onThird = (): void => {}
    const third = new Promise<void>((resolve) => {
      onThird = resolve
    })
    await using server = await listen((request) => {
      // The first pages of the other channels and of Bird are requested at the same time.
      if (new URL(request.url).searchParams.get('Address') !== ADDRESS) return fetch(request)
      smsRequests += 1
      if (smsRequests < 3) return fetch(request)
      onThird()
      return new Promise(() => {})
    })
    const target = [
      'list',
      ADDRESS,
      '--twilio-url',
      server.url,
      '--bird-url',
      server.url,
      '--page-size',
      '10',
    ]
    return await run(process.execPath, [command.path, ...target, ...args], stage.env, async (child) => {
      await third
      child.kill('SIGINT')
    })
  }

  test('aborts a request in flight, and prints the command that continues', async () => {
    const { code, stdout, stderr } = await interrupted([])
    expect(code).toBe(130)
    expect(idsIn(stdout)).toHaveLength(20)
    const [, cursor = ''] = /^Interrupted\.\nTo continue: .* --cursor (\S+)\n$/.exec(stderr) ?? []
    const rest = idsIn((await list(['--cursor', cursor])).stdout)
    expect([...idsIn(stdout), ...rest]).toEqual(idsIn((await list()).stdout))
  })

  test('leaves a checkpoint from which the same command continues', async () => {
    const first = await interrupted(['--checkpoint', file])
    expect(first.code).toBe(130)
    expect(idsIn(first.stdout)).toHaveLength(20)
    const second = await list(['--checkpoint', file])
    const all = idsIn((await list()).stdout)
    expect([...idsIn(first.stdout), ...idsIn(second.stdout)]).toEqual(all)
  })
})
