import { basic } from '../http/authorization.ts'
import { pathSegments, readAuthorization } from './http.ts'

/**
 * What requests authenticate with, each as one string. Handlers find the account of a request by it, so that a hundred
 * stand-ins in one server cost a request no more than one.
 */

/** The path at which Twilio issues bearer tokens. */
export const TOKEN_PATH = '/v2/token'

export const basicCredential = (user: string, password: string): string =>
  `basic ${basic(user, password).credentials}`
export const bearerCredential = (token: string): string => `bearer ${token}`
/** The client that a request for a bearer token names, without its secret: its account responds to a wrong one, with a 401. */
export const clientCredential = (clientId: string): string => `client ${clientId}`
/** All bearer tokens that an account has issued, expired ones too. */
export const issuedCredential = (accountSid: string): string => `issued ${accountSid}`
/** A key with the workspace of the path: one key may have access to several workspaces. */
export const accessKeyCredential = (accessKey: string, workspaceId: string): string =>
  `accesskey ${workspaceId.toLowerCase()} ${accessKey}`

/** Creates a bearer token that names its account, like the tokens of Twilio. */
export function issueTokenFor(accountSid: string): string {
  return `${accountSid}.${crypto.randomUUID()}`
}

const cache = new WeakMap<Request, Promise<string>>()

/** Returns the credential of a request; '' if it has none. Reads each request once, for however many handlers. */
export function credentialOf(request: Request): Promise<string> {
  const credential = cache.get(request) ?? readCredential(request)
  cache.set(request, credential)
  return credential
}

async function readCredential(request: Request): Promise<string> {
  const url = new URL(request.url)
  if (url.pathname === TOKEN_PATH) {
    const form = new URLSearchParams(await request.clone().text())
    return clientCredential(form.get('client_id') ?? '')
  }
  const { scheme, credentials } = readAuthorization(request.headers)
  if (scheme === 'none') return ''
  if (scheme === 'accesskey') return accessKeyCredential(credentials, pathSegments(url)?.[1] ?? '')
  const [, issuer] = (scheme === 'bearer' && /^(AC\w*)\.[\da-f-]{36}$/.exec(credentials)) || []
  return issuer === undefined ? `${scheme} ${credentials}` : issuedCredential(issuer)
}
