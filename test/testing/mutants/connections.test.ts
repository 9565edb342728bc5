import { ConnectionError, ResponseValidationError } from '../../../src/index.ts'
import { findsFaults } from './harness.ts'

const nothing = { next: null, items: [], total: 0 }
const breaks = 'throws ConnectionError for a connection that breaks, and continues from its cursor'
const breaksOff = 'throws ConnectionError for a body that breaks off, and continues from its cursor'

const at = { provider: 'example', url: 'https://example.com/', attempts: 1 }

findsFaults([
  [
    'does not wrap network errors',
    { connectionError: (cause) => cause },
    breaks,
    /the error for a fetch that rejects is .*, not ConnectionError/,
  ],
  [
    'says that a broken connection would fail again',
    { connectionError: () => new ConnectionError('no', { ...at, isRetryable: false }) },
    breaks,
    /the error for a fetch that rejects has isRetryable: false/,
  ],
  [
    'takes a broken connection for the end',
    {
      send: (fetch, url, init) => fetch(url, init).catch(() => Response.json(nothing)),
    },
    breaks,
    /nothing is thrown for a fetch that rejects/,
  ],
  [
    'takes a body that breaks off for the end',
    { read: (response) => response.text().catch(() => JSON.stringify(nothing)) },
    breaksOff,
    /nothing is thrown for a body that breaks off/,
  ],
  [
    'takes a body that breaks off for one that is not JSON',
    {
      read: (response) =>
        response.text().catch((cause) => {
          throw new ResponseValidationError('no JSON', { provider: 'example', cause })
        }),
    },
    breaksOff,
    /the error for a body that breaks off is ResponseValidationError: no JSON, not ConnectionError/,
  ],
])
