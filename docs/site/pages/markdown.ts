import MarkdownIt from 'markdown-it'
import type Token from 'markdown-it/lib/token.mjs'

export type { Token }

const parser = new MarkdownIt({ html: true })

export function parse(markdown: string): Token[] {
  return parser.parse(markdown, {})
}

/** The text of inline tokens, without links, emphasis and backticks. */
export function plainText(tokens: readonly Token[] | null): string {
  return (tokens ?? [])
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('')
    .trim()
}

/** The first heading. */
export function titleOf(markdown: string): string {
  const tokens = parse(markdown)
  const start = tokens.findIndex(({ type }) => type === 'heading_open')
  return plainText(tokens[start + 1]?.children ?? null)
}

/** The first sentence, which search engines and chats show. */
export function descriptionOf(markdown: string): string {
  const tokens = parse(markdown)
  const start = tokens.findIndex(({ type }) => type === 'paragraph_open')
  return firstSentence(plainText(tokens[start + 1]?.children ?? null))
}

export function firstSentence(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replace(/:$/, '.')
  return /^.+?\.(?= |$)/.exec(line)?.[0] ?? line
}

/** Markdown with what the site has to know about it before it. */
export function withFrontMatter(data: object, markdown: string): string {
  // JSON is YAML.
  const lines = Object.entries(data).map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
  return `---\n${lines.join('')}---\n\n${markdown}`
}
