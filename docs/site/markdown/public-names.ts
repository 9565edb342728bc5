import type { MarkdownRenderer } from 'vitepress'

/** Makes the first mention of each public name in a section or a table, such as `twilio()`, a link to its page in the reference. */
export function publicNames(markdown: MarkdownRenderer, links: ReadonlyMap<string, string>): void {
  markdown.core.ruler.push('public-names', ({ tokens, env, Token }) => {
    // The reference has its own links.
    if (env.frontmatter?.source === undefined) return
    const seen = new Set<string>()
    for (const [index, token] of tokens.entries()) {
      if (token.type === 'heading_open' || token.type === 'table_open') seen.clear()
      if (token.children === null || tokens[index - 1]?.type === 'heading_open') continue
      let isInLink = false
      token.children = token.children.flatMap((child) => {
        if (child.type === 'link_open' || child.type === 'link_close') isInLink = child.type === 'link_open'
        const link = child.type === 'code_inline' ? links.get(child.content) : undefined
        if (link === undefined || isInLink || seen.has(child.content)) return [child]
        seen.add(child.content)
        const open = new Token('link_open', 'a', 1)
        open.attrSet('href', link)
        return [open, child, new Token('link_close', 'a', -1)]
      })
    }
  })
}
