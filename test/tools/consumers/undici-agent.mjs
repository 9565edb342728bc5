import { Agent } from 'undici'
import { list } from './list.mjs'

const dispatcher = new Agent({ connections: 2 })
console.log((await list({ dispatcher })).length)
await dispatcher.close()
