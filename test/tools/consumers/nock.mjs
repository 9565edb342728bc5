import nock from 'nock'
import { list, origin, page, path } from './list.mjs'

nock(origin).get(path).query(true).reply(200, page)
console.log(...(await list()))
