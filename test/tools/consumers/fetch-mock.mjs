import fetchMock from 'fetch-mock'
import { list, origin, page } from './list.mjs'

fetchMock.mockGlobal().route(`begin:${origin}`, page)
console.log(...(await list()))
