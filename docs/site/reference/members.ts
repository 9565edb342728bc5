import type { DeclarationReflection, SomeType } from 'typedoc'
import { membersOf, propertyText, signatureText, withoutUndefined } from './declarations.ts'
import type { Names } from './names.ts'
import { code, examplesOf, summaryOf, throwsOf } from './text.ts'

/** Sections of properties and methods, each under a heading, so that it has an address and is found by the search. */
export function memberSections(
  members: readonly DeclarationReflection[],
  names: Names,
  level: number,
): string[] {
  return members.flatMap((member) =>
    member.signatures === undefined
      ? propertySection(member, names, level)
      : methodSection(member, names, level),
  )
}

function propertySection(
  property: DeclarationReflection,
  names: Names,
  level: number,
  prefix = '',
): string[] {
  const { name, comment, type } = property
  return [
    `${'#'.repeat(level)} \`${prefix}${name}\``,
    code(propertyText(property), names),
    summaryOf(comment, names),
    ...examplesOf(comment, names),
    ...nestedOptions(type).flatMap((option) => propertySection(option, names, level + 1, `${name}.`)),
  ]
}

/** An object of which every property is optional is a group of options. */
function nestedOptions(type: SomeType | undefined): DeclarationReflection[] {
  const members = type === undefined ? [] : membersOf(withoutUndefined(type))
  return members.every(({ flags }) => flags.isOptional) ? members : []
}

function methodSection(
  { name, signatures = [] }: DeclarationReflection,
  names: Names,
  level: number,
): string[] {
  const documented = signatures.filter((signature) => signature.comment !== undefined)
  return [
    `${'#'.repeat(level)} \`${name}()\``,
    ...documented.flatMap((signature) => [
      code(signatureText(signature), names),
      summaryOf(signature.comment, names),
      throwsOf(signature.comment, names)
        .map((item) => item.replace(/^- /, 'Throws '))
        .join('\n\n'),
      ...examplesOf(signature.comment, names),
    ]),
  ]
}
