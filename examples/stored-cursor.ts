/**
 * Works through a participant's conversations a few pages at a time, and keeps its place in a file: run it again, and
 * it continues where it stopped, like a job that a scheduler starts every minute.
 *
 *     npx tsx examples/stored-cursor.ts +12025550123 place.txt
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { listParticipantConversations, twilio } from 'participant-conversations'

const PAGES_A_RUN = 2

const [phone, placeFile] = process.argv.slice(2)
if (phone === undefined || placeFile === undefined) {
  throw new Error('Usage: stored-cursor.ts PHONE_NUMBER PLACE_FILE')
}

const place = await readFile(placeFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
  if (error.code === 'ENOENT') return ''
  throw error
})

const list = listParticipantConversations({
  provider: twilio(),
  participant: { phone },
  pageSize: 20,
  // null is the beginning.
  cursor: place.trim() || null,
})

let pages = 0
for await (const { items, nextCursor } of list.pages()) {
  for (const conversation of items) console.log(conversation.id)
  // Save the place after the page is done, so that a crash repeats a page and never skips one.
  if (nextCursor === null) await rm(placeFile, { force: true })
  else {
    // A crash while the place is written leaves the one before.
    await writeFile(`${placeFile}.new`, nextCursor)
    await rename(`${placeFile}.new`, placeFile)
  }
  pages += 1
  if (pages === PAGES_A_RUN) break
}
