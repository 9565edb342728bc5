import { fileURLToPath } from 'node:url'
import {
  Application,
  Converter,
  IntrinsicType,
  type Logger,
  type ProjectReflection,
  ReflectionKind,
  UnknownType,
} from 'typedoc'

/** Reads the public entries and their docblocks. Rejects if TypeDoc warns of anything, such as a name without one. */
export async function readProject(): Promise<ProjectReflection> {
  const app = await Application.bootstrapWithPlugins({
    options: fileURLToPath(new URL('typedoc.json', import.meta.url)),
  })
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    removeImpossibleProperties(project)
    shortenSchemas(project)
  })
  const project = await app.convert()
  if (project === undefined) throw new Error('TypeDoc could not read the entries')
  app.validate(project)
  requireExamples(project, app.logger)
  if (app.logger.hasErrors() || app.logger.hasWarnings())
    throw new Error('TypeDoc reported problems, see above')
  return project
}

/** What may not be there, so that `{ address, identity }` does not compile, is for the compiler and not for readers. */
function removeImpossibleProperties(project: ProjectReflection): void {
  for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
    if (!property.isDeclaration()) continue
    const { type } = property
    const isImpossible = type instanceof IntrinsicType && ['never', 'undefined'].includes(type.name)
    if (isImpossible && !property.hasComment()) project.removeReflection(property)
  }
}

/** The type of a zod schema repeats the whole model, which is documented as `Conversation`. */
function shortenSchemas(project: ProjectReflection): void {
  for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) {
    if (!variable.isDeclaration() || variable.type?.type !== 'reference') continue
    const { name, package: from } = variable.type
    if (!variable.name.endsWith('Schema') || (from !== 'zod' && !name.startsWith('Zod'))) continue
    project.removeTypeReflections(variable.type)
    variable.type = new UnknownType(`z.${name.replace(/^z\./, '')}`)
  }
}

/** Functions and errors have examples, which `npm run test:docs` compiles and runs. */
function requireExamples(project: ProjectReflection, logger: Logger): void {
  const errors = project
    .getReflectionsByKind(ReflectionKind.Class)
    .filter(({ name }) => name.endsWith('Error'))
  const functions = project
    .getReflectionsByKind(ReflectionKind.Function)
    .flatMap((reflection) => (reflection.isDeclaration() ? (reflection.signatures?.slice(0, 1) ?? []) : []))
  for (const reflection of [...errors, ...functions]) {
    if (!reflection.comment?.getTag('@example')) logger.warn(`${reflection.getFullName()} has no @example`)
  }
}
