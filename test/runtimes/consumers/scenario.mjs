/**
 * What each runtime does with each entry: lists all pages, continues from a cursor, and meets an error; through one of
 * them, every network fault too. Resolves with `ok` for each entry, or with what was wrong.
 */
export async function runScenario(entries, settings) {
  const results = {}
  for (const [entry, library] of Object.entries(entries)) {
    try {
      if (entry === './adapter') await listThroughOwnAdapter(library, settings)
      else if (entry === './schema') await readBack(entries, library, settings)
      else if (entry === './testing') await listFromStandIn(entries['.'], library, settings)
      else await listOverHttp(entry, library, settings)
      if (entry === './twilio') await meetNetworkFaults(library, settings)
      results[entry] = 'ok'
    } catch (error) {
      results[entry] = String(error?.stack ?? error)
    }
  }
  return results
}

async function listOverHttp(entry, library, { baseUrl, address, count, twilio, bird }) {
  // The server counts by this header.
  const http = { baseUrl, headers: { 'x-entry': entry } }
  const providers = [
    library.twilio && ((options) => library.twilio({ ...twilio, ...http, ...options })),
    library.bird && ((options) => library.bird({ ...bird, ...http, ...options })),
  ]
  for (const create of providers.filter(Boolean)) {
    const list = (provider, options) =>
      library.listParticipantConversations({ provider, participant: { address }, pageSize: 50, ...options })
    const provider = create({})
    const all = await list(provider).toArray()
    if (all.length !== count) throw new Error(`${provider.name}: ${all.length} conversations, not ${count}`)

    const pages = []
    for await (const page of list(provider).pages()) {
      pages.push(page)
      break
    }
    for await (const page of list(provider, { cursor: pages[0].nextCursor }).pages()) pages.push(page)
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id))
    if (ids.join() !== all.map(({ id }) => id).join())
      throw new Error(`${provider.name}: the cursor leads elsewhere`)

    const refused = create(provider.name === 'twilio' ? { authToken: 'wrong' } : { accessKey: 'wrong' })
    const error = await list(refused)
      .toArray()
      .catch((reason) => reason)
    const { name, status } = error
    if (!(error instanceof library.AuthenticationError) || name !== 'AuthenticationError' || status !== 401) {
      throw new Error(`${provider.name}: no AuthenticationError`, { cause: error })
    }
  }
}

/** Each is a ConnectionError, after a retry. */
async function meetNetworkFaults({ listParticipantConversations, twilio, ConnectionError }, settings) {
  for (const [fault, baseUrl] of Object.entries(settings.faultUrls)) {
    const provider = twilio({ ...settings.twilio, baseUrl, retry: { retries: 1, minDelayMs: 1 } })
    const error = await listParticipantConversations({ provider, participant: { address: settings.address } })
      .toArray()
      .then(() => new Error('it was no error'))
      .catch((reason) => reason)
    if (!(error instanceof ConnectionError) || error.attempts !== 2) {
      throw new Error(`${fault}: ${error.name} after ${error.attempts} attempts: ${error.message}`)
    }
  }
}

async function listFromStandIn({ listParticipantConversations, twilio }, { createStandIn }, settings) {
  const conversations = ['CH1', 'CH2', 'CH3'].map((sid) => ({
    conversation_sid: sid,
    conversation_state: 'active',
    participant_messaging_binding: { type: 'sms', address: settings.address },
  }))
  const { fetch, requests } = createStandIn({ twilio: { ...settings.twilio, conversations } })
  const all = await listParticipantConversations({
    provider: twilio({ ...settings.twilio, fetch }),
    participant: { address: settings.address },
    pageSize: 2,
  }).toArray()
  if (all.length !== 3 || requests.length !== 2)
    throw new Error(`${all.length} from ${requests.length} requests`)
}

/** Stores conversations as JSON, and reads them back. */
async function readBack(
  { '.': everything },
  { conversationSchema },
  { baseUrl, address, count, twilio, bird },
) {
  for (const provider of [everything.twilio({ ...twilio, baseUrl }), everything.bird({ ...bird, baseUrl })]) {
    const list = everything.listParticipantConversations({ provider, participant: { address } })
    const all = await list.toArray()
    const stored = JSON.parse(JSON.stringify(all)).map((conversation) =>
      conversationSchema.parse(conversation),
    )
    const same = stored.filter(
      ({ id, createdAt }, index) => id === all[index].id && +createdAt === +all[index].createdAt,
    )
    if (same.length !== count) throw new Error(`${same.length} of ${count} are what was stored`)
  }
}

/** An adapter for the same API as Twilio's, reduced to what it takes to list. */
async function listThroughOwnAdapter(library, { baseUrl, address, count, twilio }) {
  const provider = library.defineProvider({
    name: 'own',
    scope: '',
    baseUrl,
    http: { headers: { 'x-entry': './adapter' } },
    authorization: library.basic(twilio.accountSid, twilio.authToken),
    participants: { address: true },
    statuses: { all: ['active'] },
    request: ({ lookup }) => ({ path: ['v1', 'ParticipantConversations'], query: { Address: lookup.value } }),
    pageSize: { query: 'PageSize', max: 50 },
    paging: { by: 'url', next: 'meta.next_page_url', query: 'PageToken' },
    rows: { in: 'conversations', id: 'conversation_sid', normalize: () => ({ status: 'active' }) },
  })
  const list = library.listParticipantConversations({ provider, participant: { address } })
  const all = await list.toArray()
  if (all.length !== count) throw new Error(`${all.length} conversations, not ${count}`)
}
