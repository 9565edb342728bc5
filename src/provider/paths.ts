/** The names in a path with dots, such as `meta.next`; none for '', which is the value itself. */
export function segmentsOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('.')
}

/** Returns a function that reads what is at a path; undefined if the path ends early. It runs for each conversation. */
export function reader(path: string): (value: unknown) => unknown {
  const segments = segmentsOf(path)
  return (value) => {
    let found = value
    for (const name of segments) {
      if (found === null || found === undefined || !Object.hasOwn(found, name)) return undefined
      found = Reflect.get(Object(found), name)
    }
    return found
  }
}
