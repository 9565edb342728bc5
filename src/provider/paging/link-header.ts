/** One link: its URL in angle brackets, and its parameters. */
const LINK = /<([^>]*)>((?:\s*;\s*[^,;="]+(?:=(?:"[^"]*"|[^,;"]*))?)*)/g

/** The relations of a link, separated by spaces. */
const RELATIONS = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/i

/**
 * Reads the URL that a `Link` header has for a relation (RFC 8288), for `paging: { by: 'url' }`; null if there is none.
 *
 * @example
 * const next = (_page: unknown, { header }: PageInfo) => linkTo('next', header('link'))
 */
export function linkTo(relation: string, header: string | null): string | null {
  for (const [, url = '', parameters = ''] of (header ?? '').matchAll(LINK)) {
    const [, quoted, plain = ''] = RELATIONS.exec(parameters) ?? []
    if ((quoted ?? plain).toLowerCase().split(' ').includes(relation)) return url
  }
  return null
}
