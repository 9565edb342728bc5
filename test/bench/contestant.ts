/** One contestant in a process of its own: lists once to warm up, then measures, and tells the parent. */
import { contestants, sumOfAllThatWasRead } from './contestants.ts'

const [key = '', baseUrl = ''] = process.argv.slice(2)
const create = contestants[key]
if (create === undefined) throw new Error(`There is no contestant ${key}`)
const { list } = await create()

await list(baseUrl)
const cpuBefore = process.cpuUsage()
const startedAt = performance.now()
const count = await list(baseUrl)
const wallMs = performance.now() - startedAt
const { user, system } = process.cpuUsage(cpuBefore)
process.send?.({ count, wallMs, cpuMicroseconds: user + system, sum: sumOfAllThatWasRead() })
process.disconnect?.()
