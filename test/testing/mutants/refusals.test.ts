import type { ParticipantRef } from '../../../src/index.ts'
import { parts } from './adapter.ts'
import { findsFaults } from './harness.ts'

const refuses = 'refuses participants that it cannot look up, before any request'

const idOf = (participant: ParticipantRef): string => String(Reflect.get(participant, 'id'))

findsFaults([
  [
    'accepts everybody',
    { lookups: () => [{ key: 'anybody' }] },
    refuses,
    /for the participant \{"identity":"jo"\} it throws nothing, not an UnsupportedParticipantError/,
  ],
  [
    'takes the id of a participant of another provider for its own',
    {
      lookups: (participant) =>
        'id' in participant ? [{ key: idOf(participant) }] : parts.lookups(participant),
    },
    refuses,
    /for the participant \{.*a-provider-that-nobody-has.*it throws nothing/,
  ],
  [
    'looks up a stranger by name',
    {
      lookups: (participant) =>
        'name' in participant && participant.name !== null
          ? [{ key: String(participant.name) }]
          : parts.lookups(participant),
    },
    refuses,
    /it throws nothing, not an UnsupportedParticipantError/,
  ],
  [
    'looks up a stranger by the address of the business',
    {
      lookups: (participant) =>
        'proxyAddress' in participant && participant.proxyAddress !== null
          ? [{ key: String(participant.proxyAddress) }]
          : parts.lookups(participant),
    },
    refuses,
    /it throws nothing, not an UnsupportedParticipantError/,
  ],
  [
    'refuses with a plain error',
    {
      lookups(participant) {
        if (participant.provider === undefined && 'id' in participant) return parts.lookups(participant)
        throw new TypeError('no id')
      },
    },
    refuses,
    /it throws .*TypeError: no id|it throws .*no id, not an UnsupportedParticipantError/,
  ],
  [
    'refuses only after a request',
    {
      lookups: (participant) => [{ key: idOf(participant) }],
      itemsOf(answer, request) {
        parts.lookups(request.participant)
        return parts.itemsOf(answer, request)
      },
    },
    refuses,
    /it sends a request for the participant \{"identity":"jo"\}/,
  ],
])
