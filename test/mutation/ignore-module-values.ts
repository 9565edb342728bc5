import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** The part of Babel's `NodePath` that is needed here. */
interface NodePath {
  isFunction(): boolean
  findParent(isMatch: (parent: NodePath) => boolean): NodePath | null
  traverse(visitor: { Function: (inner: { stop: () => void }) => void }): void
}

/**
 * Leaves out values that are made once, when a module loads: a mutant of one would need all modules loaded again and all
 * tests run, a minute for each. `ignoreStatic` alone keeps those that any test has loaded by itself, and judges them by
 * that test.
 */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, 'module-values', {
    shouldIgnore(path: NodePath) {
      const isMadeOnce = !path.isFunction() && path.findParent((parent) => parent.isFunction()) === null
      return isMadeOnce && !hasFunction(path) ? 'made once, when the module loads' : undefined
    },
  }),
]

function hasFunction(path: NodePath): boolean {
  let isFound = false
  path.traverse({
    Function: (inner) => {
      isFound = true
      inner.stop()
    },
  })
  return isFound
}
