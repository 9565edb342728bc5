import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const requests = 'requests the conversations of the participant, and of nobody else'
const binds = 'binds its cursors to the participant'
const lists = 'requests each of its lists, for each of its lookups'

findsFaults([
  [
    'lists the same person for everybody',
    { query: (request) => parts.query({ ...request, lookup: { key: 'contact-1' } }) },
    requests,
    /its request is the same for the participants \{"id":"contact-1"\} and \{"id":"contact-7"\}/,
  ],
  [
    'lists the first person it was asked for',
    () => {
      let first: string | undefined
      return {
        query(request) {
          first ??= request.lookup.key
          return parts.query({ ...request, lookup: { key: first } })
        },
      }
    },
    requests,
    /its request is the same for the participants/,
  ],
  [
    'lists the whole account, since it leaves out who is looked up',
    { query: (request) => parts.query(request).replace(/^contact=[^&]*&/, '') },
    requests,
    /send what identifies the participant$/,
  ],
  [
    'cuts off the end of an id',
    { query: (request) => parts.query({ ...request, lookup: { key: request.lookup.key.slice(0, 8) } }) },
    requests,
    /\{"id":"contact-7"\}/,
  ],
  [
    'cuts off the beginning of an id',
    { query: (request) => parts.query({ ...request, lookup: { key: request.lookup.key.slice(1) } }) },
    requests,
    /\{"id":"aontact-1"\}/,
  ],
  [
    'sends the time in place of who is looked up',
    {
      query: (request) => parts.query({ ...request, lookup: { key: `${Date.now()}-${Math.random()}` } }),
    },
    requests,
    /send what identifies the participant$/,
  ],
  [
    'has a constant lookup key, and lists the same person for everybody',
    { lookups: (participant) => parts.lookups(participant).map(() => ({ key: 'contact-1' })) },
    binds,
    /a cursor of \{"id":"contact-1"\} is accepted for \{"id":"contact-7"\}: lookups\(\) must return another key/,
  ],
  [
    'has a constant lookup key, although it looks up the right person',
    {
      lookups: (participant) => parts.lookups(participant).map(({ key }) => ({ key: 'contact', id: key })),
      query: (request) =>
        parts.query({ ...request, lookup: { key: String(Reflect.get(request.lookup, 'id')) } }),
    },
    binds,
    /a cursor of \{"id":"contact-1"\} is accepted/,
  ],
  [
    'has the length of an id as its lookup key',
    {
      lookups: (participant) =>
        parts.lookups(participant).map(({ key }) => ({ key: String(key.length), id: key })),
      query: (request) =>
        parts.query({ ...request, lookup: { key: String(Reflect.get(request.lookup, 'id')) } }),
    },
    binds,
    /lookups\(\) must return another key/,
  ],
  [
    'refuses the participant',
    {
      lookups() {
        return parts.lookups({ identity: 'jo' })
      },
    },
    requests,
    /^example: it refuses the participant \{"id":"contact-1"\}$/,
  ],
  [
    'reads one list twice in place of two',
    { more: { lists: () => ['sms', 'email'] } },
    lists,
    /its requests for two of its lists or lookups are the same: send which one to read/,
  ],
  [
    'reads one lookup twice in place of two',
    {
      lookups: (participant) =>
        parts.lookups(participant).flatMap(({ key }) => [{ key }, { key: `second ${key}` }]),
      query: (request) =>
        parts.query({ ...request, lookup: { key: request.lookup.key.replace('second ', '') } }),
    },
    lists,
    /its requests for two of its lists or lookups are the same/,
  ],
])
