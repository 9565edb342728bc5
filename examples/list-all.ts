/**
 * Prints every conversation of a participant as a table, from any number of providers.
 *
 *     await printConversations([twilio(), bird()], { phone: '+12025550123' })
 */
import {
  type ConversationProvider,
  listParticipantConversations,
  type ParticipantRef,
} from 'participant-conversations'

export async function printConversations(
  providers: readonly ConversationProvider[],
  participant: ParticipantRef,
  { pageSize }: { pageSize?: number } = {},
): Promise<void> {
  printRow('PROVIDER', 'STATUS', 'CHANNEL', 'UPDATED', 'TITLE')
  for (const provider of providers) {
    let count = 0
    for await (const conversation of listParticipantConversations({ provider, participant, pageSize })) {
      count += 1
      printRow(
        conversation.provider,
        conversation.status,
        conversation.channel.type ?? '-',
        conversation.updatedAt?.toISOString().slice(0, 16).replace('T', ' ') ?? '-',
        conversation.title ?? conversation.lastMessage?.text ?? '(no title)',
      )
    }
    console.log(`${provider.name}: ${count} conversations\n`)
  }
}

function printRow(provider: string, status: string, channel: string, updated: string, title: string): void {
  console.log(
    provider.padEnd(9),
    status.padEnd(9),
    channel.padEnd(10),
    updated.padEnd(17),
    // What a customer writes must not control the terminal.
    title.replace(/[\s\p{Cc}]+/gu, ' ').slice(0, 50),
  )
}
