import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'

const PACKAGE = new URL('../../', import.meta.url)

test('the guide shows the code of the other queues as it is type-checked', async () => {
  const guide = await readFile(new URL('../../docs/many-participants.md', PACKAGE), 'utf8')
  const blocks = [...guide.matchAll(/<!-- backfill: (\S+\.ts) -->\n```ts\n(.*?)```\n/gs)]

  assert.equal(blocks.length, 4)
  for (const [, name = '', code = ''] of blocks) {
    const file = await readFile(new URL(`engines/${name}`, PACKAGE), 'utf8')
    assert.ok(file.endsWith(code), `docs/many-participants.md differs from engines/${name}`)
  }
})
