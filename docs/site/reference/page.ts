import { type Comment, type DeclarationReflection, ReflectionKind, type SignatureReflection } from 'typedoc'
import { descriptionOf, firstSentence, withFrontMatter } from '../pages/markdown.ts'
import {
  headText,
  membersOf,
  ownFirst,
  propertyText,
  signatureText,
  typeParametersText,
  typeText,
} from './declarations.ts'
import { memberSections } from './members.ts'
import { type Names, type PublicName, titleOf } from './names.ts'
import { code, examplesOf, linkTo, summaryOf, textOf, thrownBy, throwsOf } from './text.ts'

/** The page of a public name. */
export function pageText(name: PublicName, all: Names): string {
  // Its own name is no link.
  const names = new Map(all)
  names.delete(name.name)
  const { reflection, group } = name
  const [signature] = reflection.signatures ?? []
  const comment = signature?.comment ?? reflection.comment
  const sections =
    signature !== undefined
      ? functionSections(signature, names)
      : group === 'errors'
        ? errorSections(reflection, names)
        : typeSections(reflection, names)
  const title = titleOf(name)
  const summary = summaryOf(comment, names)
  return withFrontMatter(
    { title, description: descriptionOf(summary) },
    [`# ${title.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '<wbr>')}`, summary, importLine(name), ...sections]
      .filter(Boolean)
      .join('\n\n'),
  )
}

function functionSections(signature: SignatureReflection, names: Names): string[] {
  const { comment, parameters = [], type } = signature
  const objects = parameters.filter((parameter) => membersOf(parameter.type).length > 0)
  const others = parameters.filter((parameter) => !objects.includes(parameter))
  const returned = membersOf(type).filter(({ inheritedFrom }) => inheritedFrom === undefined)
  const returns = comment?.getTag('@returns')?.content ?? []
  return [
    code(signatureText(signature), names),
    ...examplesOf(comment, names),
    ...(others.length > 0 ? ['## Parameters'] : []),
    ...others.flatMap((parameter) => [
      `### \`${parameter.name}\``,
      code(propertyText(parameter), names),
      summaryOf(parameter.comment, names),
    ]),
    ...objects.flatMap((parameter) => [
      `## ${capitalized(parameter.name)}`,
      ...memberSections(membersOf(parameter.type), names, 3),
    ]),
    '## Returns',
    code(typeText(type), names),
    textOf(returns, names),
    ...memberSections(returned, names, 3),
    ...throwsSection(comment, names),
  ]
}

function errorSections(reflection: DeclarationReflection, names: Names): string[] {
  const { name, comment, children = [] } = reflection
  const properties = children.filter(({ kind }) => kind === ReflectionKind.Property)
  const subclasses = [...names.values()].filter(({ reflection: { extendedTypes = [] } }) =>
    extendedTypes.some((type) => `${type}` === name),
  )
  const throwers = [...names.values()].filter(({ reflection: { signatures = [] } }) =>
    signatures.some((signature) => thrownBy(signature.comment).includes(name)),
  )
  return [
    code(headText('class', reflection), names),
    ...examplesOf(comment, names),
    '## Properties',
    ...memberSections(ownFirst(properties, reflection), names, 3),
    ...listSection('Subclasses', subclasses, names),
    ...listSection('Thrown by', throwers, names),
  ]
}

function throwsSection(comment: Comment | undefined, names: Names): string[] {
  const items = throwsOf(comment, names)
  return items.length === 0 ? [] : ['## Throws', items.join('\n')]
}

function listSection(title: string, list: readonly PublicName[], names: Names): string[] {
  return list.length === 0 ? [] : [`## ${title}`, list.map((name) => listItem(name, names)).join('\n')]
}

/** A link to a name, and the first sentence about it. */
export function listItem(name: PublicName, names: Names): string {
  const { reflection } = name
  const comment = reflection.signatures?.[0]?.comment ?? reflection.comment
  return `- ${linkTo(titleOf(name), names)}: ${firstSentence(summaryOf(comment, names))}`
}

function typeSections(reflection: DeclarationReflection, names: Names): string[] {
  const { name, comment, children, kind, type, typeParameters } = reflection
  const declaration =
    kind === ReflectionKind.Interface
      ? headText('interface', reflection)
      : kind === ReflectionKind.Variable
        ? `const ${name}: ${typeText(type)}`
        : `type ${name}${typeParametersText(typeParameters)} = ${typeText(type)}`
  const members = (children ?? membersOf(type)).filter((member) => member.hasComment() || member.signatures)
  return [
    code(declaration, names),
    ...examplesOf(comment, names),
    ...throwsSection(comment, names),
    ...(members.length > 0 ? ['## Properties', ...memberSections(members, names, 3)] : []),
  ]
}

/** What it is imported from. */
function importLine({ entries: [first, ...others] }: PublicName): string {
  const also = others.map((entry) => `\`…/${entry.split('/').at(-1)}\``)
  return `Exported by ${[`\`${first}\``, ...also].join(', ')}.`
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
