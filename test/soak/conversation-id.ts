/** Returns the id of the conversation at a position in the listing. */
export function conversationId(index: number): string {
  return `CH${index.toString(16).padStart(32, '0')}`
}
