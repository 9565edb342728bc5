import type { Comment, CommentDisplayPart, SomeType } from 'typedoc'
import { type Names, type PublicName, pageOf, titleOf } from './names.ts'

/** A line of TypeScript whose public names are links. Fences cannot have any. */
export function code(typescript: string, names: Names): string {
  const html = asWritten(typescript, names)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
  // A name in a string is text.
  const linked = html.replace(/"[^"]*"|[\w$]+/g, (word) => {
    const name = names.get(word)
    if (name === undefined || !isType(name)) return word
    return `<a href="../${name.group}/${name.name}.html">${word}</a>`
  })
  return `<pre class="declaration" v-pre><code>${linked}</code></pre>`
}

/** The compiler writes out some types that have a name, and arguments that are the default. */
function asWritten(typescript: string, names: Names): string {
  let text = typescript
  for (const { name, reflection } of names.values()) {
    const defaults = reflection.typeParameters?.map((parameter) => parameter.default?.toString())
    if (defaults !== undefined) text = text.replaceAll(`${name}<${defaults.join(', ')}>`, name)
    if (isSetOfWords(reflection.type)) {
      text = text.replaceAll(`${reflection.type}`, name).replaceAll(`(${name})`, name)
    }
  }
  return text
}

function isSetOfWords(type: SomeType | undefined): boolean {
  return (
    (type?.type === 'union' && type.types.every((one) => one.type === 'literal')) ||
    (type?.type === 'typeOperator' && type.operator === 'keyof')
  )
}

function isType({ group }: PublicName): boolean {
  return group === 'types' || group === 'errors'
}

/** A docblock as Markdown: what it says, without its tags. */
export function summaryOf(comment: Comment | undefined, names: Names): string {
  return textOf(comment?.summary ?? [], names)
}

/** The examples of a docblock. */
export function examplesOf(comment: Comment | undefined, names: Names): string[] {
  return (comment?.getTags('@example') ?? []).map(({ content }) => textOf(content, names))
}

/** What is thrown, and when: an item of a list for each `@throws`. */
export function throwsOf(comment: Comment | undefined, names: Names): string[] {
  return (comment?.getTags('@throws') ?? []).map(({ content, typeAnnotation }) => {
    // `{z.ZodError}` is the name of an error of another package.
    const foreign = typeAnnotation === undefined ? '' : `\`${typeAnnotation.slice(1, -1)}\` `
    const text = `${foreign}${textOf(content, names)}`
    return `- ${text.replace(/\b\w+Error\b(?![^[]*\])/g, (word) => linkTo(word, names) ?? word)}`
  })
}

/** The errors that a docblock names. */
export function thrownBy(comment: Comment | undefined): string[] {
  const text = (comment?.getTags('@throws') ?? []).flatMap(({ content }) => content.map((part) => part.text))
  return text.flatMap((part) => Array.from(part.matchAll(/\b\w+Error\b/g), ([name]) => name))
}

/** Markdown in which code that is a public name is a link to it. */
export function textOf(parts: readonly CommentDisplayPart[], names: Names): string {
  return parts
    .map(({ kind, text }) => (kind === 'code' ? (linkTo(text.slice(1, -1), names) ?? text) : text))
    .join('')
    .trim()
}

/** A link to a function, which is written `name()`, or to another name; undefined if it is not public. */
export function linkTo(word: string, names: Names): string | undefined {
  const name = names.get(word.replace(/\(\)$/, ''))
  return name === undefined || titleOf(name) !== word ? undefined : `[\`${word}\`](/${pageOf(name)})`
}
