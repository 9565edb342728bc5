import {
  type DeclarationReflection,
  type ProjectReflection,
  ReferenceReflection,
  ReflectionKind,
} from 'typedoc'

/** The kinds of public names, in the order of the sidebar. Each is a folder of pages. */
export const GROUPS = ['functions', 'errors', 'types', 'values'] as const

export type Group = (typeof GROUPS)[number]

/** A name that is exported, by one entry or by several. It has one page. */
export interface PublicName {
  readonly name: string
  readonly group: Group
  readonly reflection: DeclarationReflection
  /** What it can be imported from, such as `participant-conversations`. */
  readonly entries: readonly string[]
}

export type Names = ReadonlyMap<string, PublicName>

export function publicNames(project: ProjectReflection): Names {
  const names = new Map<string, PublicName>()
  for (const entry of project.children ?? []) {
    for (const child of entry.children ?? []) {
      const known = names.get(child.name)
      if (child instanceof ReferenceReflection) {
        if (known === undefined) throw new Error(`${entry.name} exports ${child.name} before it is declared`)
        names.set(child.name, { ...known, entries: [...known.entries, entry.name] })
      } else {
        if (known !== undefined) throw new Error(`two things are called ${child.name}`)
        names.set(child.name, {
          name: child.name,
          group: groupOf(child),
          reflection: child,
          entries: [entry.name],
        })
      }
    }
  }
  return names
}

function groupOf({ kind }: DeclarationReflection): Group {
  if (kind === ReflectionKind.Function) return 'functions'
  if (kind === ReflectionKind.Class) return 'errors'
  return kind === ReflectionKind.Variable ? 'values' : 'types'
}

/** The page of a name, among the pages of the site. */
export function pageOf({ group, name }: PublicName): string {
  return `reference/${group}/${name}.md`
}

/** The name as text shows it. */
export function titleOf({ group, name }: PublicName): string {
  return group === 'functions' ? `${name}()` : name
}
