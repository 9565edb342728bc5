import type { AnyConversation } from '../model/conversation.ts'
import { replaceCursor } from '../model/error-cursor.ts'
import { ConversationsError } from '../model/errors.ts'
import { parseOptions } from '../options/parse-options.ts'
import { optionsSchema, wholeNumber } from '../options/schemas.ts'
import type { ConversationBatch, ConversationPage } from './conversation-page.ts'
import { iterateItems } from './items.ts'
import { iteratePages } from './pages.ts'
import type { Position } from './position.ts'
import type { ListingSettings } from './settings.ts'

/** The ways to read a listing. Each starts anew. Cursors take time, so they are made only where they are returned. */

export function readItems(settings: ListingSettings): AsyncIterableIterator<AnyConversation> {
  return iterateItems(
    iteratePages(settings, (page) => page),
    settings.signal,
  )
}

export function readPages(
  settings: ListingSettings,
): AsyncIterableIterator<ConversationPage<AnyConversation>> {
  return iteratePages(settings, async (page, next) => ({
    ...page,
    nextCursor: await cursorOf(settings, next),
  }))
}

export async function readAll(settings: ListingSettings): Promise<AnyConversation[]> {
  return (await collect(settings)).items
}

/** @throws ConfigurationError for an invalid count */
export async function readFirst(
  settings: ListingSettings,
  given: number,
): Promise<ConversationBatch<AnyConversation>> {
  const { count } = parseOptions(countSchema, { count: given }, { call: 'first()' })
  const limit = Math.min(count, settings.limit)
  const { items, next } = await collect({ ...settings, limit, prefetch: false })
  return { items, nextCursor: await cursorOf(settings, next) }
}

const countSchema = optionsSchema<{ count: number }>({ count: wholeNumber(1) })

/** Everything up to the limit, and where the listing continues. */
async function collect(
  settings: ListingSettings,
): Promise<{ items: AnyConversation[]; next: Position | null }> {
  const items: AnyConversation[] = []
  let next: Position | null = null
  const start = await settings.start()
  const steps = iteratePages(settings, (page, next) => ({ page, next }))
  try {
    for await (const step of steps) {
      for (const item of step.page.items) items.push(item)
      next = step.next
    }
  } catch (error) {
    const isAbort = settings.signal?.aborted === true && error === settings.signal.reason
    if (!(error instanceof ConversationsError) || isAbort) throw error
    // The caller receives nothing of what has arrived so far, so all of it is still to be delivered.
    throw replaceCursor(error, await settings.encodeCursor(start))
  }
  return { items, next }
}

async function cursorOf(settings: ListingSettings, position: Position | null): Promise<string | null> {
  return position && settings.encodeCursor(position)
}
