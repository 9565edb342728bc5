import type { DefaultTheme } from 'vitepress'
import { withFrontMatter } from '../pages/markdown.ts'
import { addressOf } from '../pages/repository.ts'
import { readProject } from './convert.ts'
import { GROUPS, type Group, type Names, type PublicName, pageOf, publicNames, titleOf } from './names.ts'
import { listItem, pageText } from './page.ts'
import { linkTo, summaryOf } from './text.ts'

/** The reference: its pages by their paths, and its sidebar. */
export interface Reference {
  readonly pages: ReadonlyMap<string, string>
  readonly sidebar: readonly DefaultTheme.SidebarItem[]
}

const TITLES: Record<Group, string> = {
  functions: 'Functions',
  errors: 'Errors',
  types: 'Types',
  values: 'Schemas',
}

export async function readReference(): Promise<Reference> {
  const project = await readProject()
  const names = publicNames(project)
  const entries = (project.children ?? []).map((entry) => ({
    name: entry.name,
    summary: summaryOf(entry.comment, names),
    names: inOrder([...names.values()].filter(({ entries: [first] }) => first === entry.name)),
  }))
  const pages = new Map([...names.values()].map((name) => [pageOf(name), pageText(name, names)]))
  return {
    pages: pages.set('reference/index.md', indexPage(entries, names)),
    sidebar: entries.flatMap(sidebarOf),
  }
}

/** Types by name; all others as in the source. */
function inOrder(names: readonly PublicName[]): PublicName[] {
  return names.toSorted((a, b) =>
    a.group === 'types' && b.group === 'types' ? a.name.localeCompare(b.name) : 0,
  )
}

/** What an entry exports that no entry before it does. */
interface Entry {
  readonly name: string
  readonly summary: string
  readonly names: readonly PublicName[]
}

function sidebarOf({ name, names }: Entry): DefaultTheme.SidebarItem[] {
  const groups = GROUPS.flatMap((group): DefaultTheme.SidebarItem[] => {
    const items = names
      .filter((one) => one.group === group)
      .map((one) => ({ text: titleOf(one), link: addressOf(pageOf(one)) }))
    return items.length === 0 ? [] : [{ text: TITLES[group], collapsed: group === 'types', items }]
  })
  return groups.length === 0 ? [] : [{ text: name.replace(/^[^/]+(?=\/)/, ''), items: groups }]
}

function indexPage(entries: readonly Entry[], names: Names): string {
  const sections = entries.flatMap((entry) => [
    `## ${entry.name}`,
    entry.summary,
    entry.names.length === 0 ? 'Everything here is also exported by the main entry.' : '',
    ...GROUPS.flatMap((group) => groupSections(group, entry.names, names)),
  ])
  const description = 'Every public function, error, type and schema'
  return withFrontMatter({ description }, ['# Reference', ...sections].filter(Boolean).join('\n\n'))
}

/** Functions, errors and schemas with a sentence each; types, of which there are many, by name. */
function groupSections(group: Group, all: readonly PublicName[], names: Names): string[] {
  const list = all.filter((name) => name.group === group)
  if (list.length === 0) return []
  const items =
    group === 'types'
      ? [list.map((name) => linkTo(titleOf(name), names)).join(', ')]
      : list.map((name) => listItem(name, names))
  return [`### ${TITLES[group]}`, items.join('\n')]
}
