import { Converter, IntrinsicType, ReflectionKind, UnknownType } from 'typedoc'

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    nameGuides(project)
    removeImpossibleProperties(project)
    shortenSchemas(project)
  })
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => requireExamples(project, app.logger))
}

/** Names each guide after its first heading, as GitHub does, so that it needs no front matter. */
function nameGuides(project) {
  // The page has the project's name as its heading already.
  project.readme[0].text = project.readme[0].text.replace(/^# .+\n+/, '')
  showHeadings(project.readme)
  for (const guide of project.getReflectionsByKind(ReflectionKind.Document)) {
    showHeadings(guide.content)
    const text = guide.content.map((part) => part.text).join('')
    guide.name = /^# (.+)/.exec(text)?.[1] ?? guide.name
  }
}

/** TypeDoc leaves code in headings out of "On This Page". A text is in parts, and code is a part of its own. */
function showHeadings(parts) {
  let line = ''
  for (const part of parts) {
    if (part.kind === 'code' && line.startsWith('#')) {
      part.kind = 'text'
      part.text = part.text.replaceAll('`', '')
    }
    line = (line + part.text).split('\n').at(-1)
  }
}

/** What may not be there, so that `{ address, identity }` does not compile, is for the compiler and not for readers. */
function removeImpossibleProperties(project) {
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    const { type } = property
    const isImpossible = type instanceof IntrinsicType && ['never', 'undefined'].includes(type.name)
    if (isImpossible && !property.hasComment()) project.removeReflection(property)
  }
}

/** The type of a zod schema repeats the whole model, which is documented as `Conversation`. */
function shortenSchemas(project) {
  for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) {
    if (!variable.name.endsWith('Schema') || variable.type?.type !== 'reference') continue
    const { name } = variable.type
    if (variable.type.package !== 'zod' && !name.startsWith('Zod')) continue
    project.removeTypeReflections(variable.type)
    variable.type = new UnknownType(`z.${name.replace(/^z\./, '')}`)
  }
}

/** Functions and errors have examples, which `npm run test:docs` compiles and runs. */
function requireExamples(project, logger) {
  const errors = project
    .getReflectionsByKind(ReflectionKind.Class)
    .filter(({ name }) => name.endsWith('Error'))
  const functions = project
    .getReflectionsByKind(ReflectionKind.Function)
    .map(({ signatures }) => signatures?.[0])
    .filter((signature) => signature !== undefined)
  for (const reflection of [...errors, ...functions]) {
    if (!reflection.comment?.getTag('@example')) logger.warn(`${reflection.getFullName()} has no @example`)
  }
}
