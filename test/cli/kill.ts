/**
 * Kills the command with SIGKILL at random points, repeatedly, and checks what all runs have printed: nothing
 * may be lost, and each kill may repeat one page at most. Run by `npm run test:kill`, with the number of kills if it is
 * not 200; a seed repeats the times of a run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createRandom } from '../../src/testing/random.ts'
import { buildCommandForTests, createStage, idsIn, run } from './command.ts'

const wanted = Number(process.argv[2] ?? 200)
const seed = process.argv[3] ?? String(Date.now())
const random = createRandom(seed)
const pageSize = 5

const command = await buildCommandForTests()
const stage = await createStage({ count: 1500 })
const args = [command.path, ...stage.args, '--page-size', String(pageSize)]
console.log(`Killing ${wanted} runs, with the seed ${seed}.`)
try {
  const whole = await run(process.execPath, [command.path, ...stage.args], stage.env)
  const all = idsIn(whole.stdout)
  // The longest wait for a kill after the first output, which takes about ten pages.
  let kills = 0
  for (let round = 1; kills < wanted; round += 1) kills += await killUntilComplete(round, wanted - kills, all)
  console.log(`ok: ${kills} kills, and every one of ${all.length} conversations in each joined output`)
} finally {
  await stage.server.close()
  await command.remove()
}

/** Kills one export until it is complete or there were enough kills. Resolves with the number of kills. */
async function killUntilComplete(round: number, most: number, all: readonly string[]): Promise<number> {
  const output = join(command.folder, `out-${round}.ndjson`)
  const checkpoint = join(command.folder, `place-${round}.json`)
  let kills = 0
  for (;;) {
    const child = spawn(process.execPath, [...args, '--checkpoint', checkpoint], {
      env: stage.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exited = once(child, 'exit')
    const closed = once(child, 'close')
    const chunks: Buffer[] = []
    let killer: Promise<unknown> | undefined
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      // Some kills come before the first checkpoint is written, most later.
      if (kills < most) killer ??= wait(random.integer(0, 60)).then(() => child.kill('SIGKILL'))
    })
    const [code, signal] = await exited
    await closed
    await killer
    await appendFile(output, wholeLines(Buffer.concat(chunks).toString()))
    if (signal === 'SIGKILL') kills += 1
    else if (code !== 0) throw new Error(`it exited with ${code}`)
    if (code === 0) break
  }
  check(idsIn(await readFile(output, 'utf8')), all, kills)
  return kills
}

/** A killed run may leave an incomplete line. */
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1)
}

function check(printed: readonly string[], all: readonly string[], kills: number): void {
  const inOrder = [...new Set(printed)]
  if (inOrder.join() !== all.join())
    throw new Error(`lost ${all.filter((id) => !printed.includes(id)).join(', ')}`)
  const repeated = printed.length - all.length
  if (repeated > kills * pageSize) throw new Error(`${kills} kills repeated ${repeated} conversations`)
  console.log(`${kills} kills repeated ${repeated} conversations`)
}
