import { canonicalJson } from '../model/canonical-json.ts'
import { CHANGED_CURSOR_ADVICE } from '../provider/damaged-cursor.ts'
import {
  type CursorQuery,
  cursorText,
  decodeBase64Url,
  encodeBase64Url,
  invalidCursor,
  readCursorText,
  toBinary,
} from './cursor.ts'
import { BLOCK_LENGTH, formOfCursor, NONCE_LENGTH } from './cursor-form.ts'
import type { Position } from './position.ts'

const INFO = 'participant-conversations cursor 1'

/** Encrypts and authenticates cursors: AES-256-GCM with a key that HKDF-SHA-256 derives from the app's secret. */
export interface CursorSealer {
  encode(position: Position): Promise<string>
  /** @throws InvalidCursorError */
  decode(cursor: string): Promise<Position>
}

/** The first secret encrypts; all of them decrypt. Keys are derived when they are needed. */
export function createCursorSealer(query: CursorQuery, secrets: readonly string[]): CursorSealer {
  const keys = new Map<string, Promise<CryptoKey>>()
  const keyOf = (secret: string): Promise<CryptoKey> => {
    const key = keys.get(secret) ?? deriveKey(secret)
    keys.set(secret, key)
    return key
  }
  // The query itself, not a mark: what is authenticated is not in the cursor.
  const { provider, scope, lookups } = query
  const additionalData = encodeUtf8(canonicalJson([provider, scope, lookups]))
  const parametersFor = (iv: BufferSource): AesGcmParams => ({ name: 'AES-GCM', iv, additionalData })

  return {
    async encode(position) {
      const text = cursorText(query, position)
      const padded = text.padEnd(Math.ceil(text.length / BLOCK_LENGTH) * BLOCK_LENGTH)
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH))
      const key = await keyOf(secrets[0] ?? '')
      const sealed = await crypto.subtle.encrypt(parametersFor(nonce), key, encodeUtf8(padded))
      return encodeBase64Url(toBinary(nonce) + toBinary(new Uint8Array(sealed)))
    },
    async decode(cursor) {
      const binary = decodeBase64Url(cursor) ?? ''
      const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
      const [nonce, sealed] = [bytes.subarray(0, NONCE_LENGTH), bytes.subarray(NONCE_LENGTH)]
      for (const secret of secrets) {
        const key = await keyOf(secret)
        const opened = await crypto.subtle.decrypt(parametersFor(nonce), key, sealed).catch(() => null)
        if (opened !== null) return readCursorText(query, new TextDecoder().decode(opened))
      }
      if (formOfCursor(binary) === 'plain') {
        throw invalidCursor(
          provider,
          'was made without cursorSecret, and cannot be used with it.',
          'Omit it to start from the beginning.',
        )
      }
      throw invalidCursor(
        provider,
        'was not made for this query with cursorSecret, or has been changed.',
        CHANGED_CURSOR_ADVICE,
      )
    },
  }
}

async function deriveKey(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', encodeUtf8(secret), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encodeUtf8(INFO) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
