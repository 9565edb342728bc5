import sinon from 'sinon'
import { list, page } from './list.mjs'

sinon.stub(globalThis, 'fetch').callsFake(async () => Response.json(page))
console.log(...(await list()))
