import {
  DeclarationReflection,
  type ParameterReflection,
  type SignatureReflection,
  type SomeType,
  type TypeParameterReflection,
  UnionType,
} from 'typedoc'

/** A signature as TypeScript. Long ones have a line for each parameter. */
export function signatureText(signature: SignatureReflection, name = signature.name): string {
  const parameters = (signature.parameters ?? []).map((parameter) => {
    return `${parameter.flags.isRest ? '...' : ''}${propertyText(parameter)}`
  })
  const start = `${name}${typeParametersText(signature.typeParameters)}`
  const end = `: ${typeText(signature.type)}`
  const line = `${start}(${parameters.join(', ')})${end}`
  return line.length <= 80 || parameters.length === 0
    ? line
    : `${start}(\n${parameters.map((text) => `  ${text},\n`).join('')})${end}`
}

/** The first line of an interface or a class. */
export function headText(
  keyword: string,
  { name, typeParameters, extendedTypes }: DeclarationReflection,
): string {
  const parents = (extendedTypes ?? []).map((type) => typeText(type))
  const extension = parents.length > 0 ? ` extends ${parents.join(', ')}` : ''
  return `${keyword} ${name}${typeParametersText(typeParameters)}${extension}`
}

export function typeParametersText(parameters: readonly TypeParameterReflection[] | undefined): string {
  if (parameters === undefined || parameters.length === 0) return ''
  const texts = parameters.map(({ name, type, default: fallback }) => {
    const constraint = type === undefined ? '' : ` extends ${typeText(type)}`
    return `${name}${constraint}${fallback === undefined ? '' : ` = ${typeText(fallback)}`}`
  })
  return `<${texts.join(', ')}>`
}

/** A property or a parameter as TypeScript. What has a default may be omitted. */
export function propertyText(property: DeclarationReflection | ParameterReflection): string {
  const { flags, type, defaultValue } = property
  const name = /^[\w$]+$/.test(property.name) ? property.name : `'${property.name}'`
  const modifier = flags.isReadonly ? 'readonly ' : ''
  return flags.isOptional || defaultValue !== undefined
    ? `${modifier}${name}?: ${typeText(type && withoutUndefined(type))}`
    : `${modifier}${name}: ${typeText(type)}`
}

export function typeText(type: SomeType | undefined): string {
  return type?.toString() ?? 'unknown'
}

/** The type of what is optional: that it may be undefined goes without saying. */
export function withoutUndefined(type: SomeType): SomeType {
  if (type.type !== 'union') return type
  const others = type.types.filter((one) => one.toString() !== 'undefined')
  const [only] = others
  return others.length === 1 && only !== undefined ? only : new UnionType(others)
}

/** The properties and methods of an object type; empty for any other type. */
export function membersOf(type: SomeType | undefined): DeclarationReflection[] {
  if (type?.type === 'reflection') return type.declaration.children ?? []
  if (type?.type === 'intersection') return type.types.flatMap(membersOf)
  if (type?.type !== 'reference' || !(type.reflection instanceof DeclarationReflection)) return []
  const { children, type: alias } = type.reflection
  return children === undefined ? membersOf(alias) : ownFirst(children, type.reflection)
}

/** Its own members, and then those of each ancestor. */
export function ownFirst(
  members: readonly DeclarationReflection[],
  { extendedTypes = [] }: DeclarationReflection,
): DeclarationReflection[] {
  const ancestors = extendedTypes.map((type) => type.toString())
  const distance = ({ inheritedFrom }: DeclarationReflection): number =>
    inheritedFrom === undefined ? -1 : ancestors.indexOf(inheritedFrom.name.split('.')[0] ?? '')
  return members.toSorted((a, b) => distance(a) - distance(b))
}
