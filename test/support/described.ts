import { bearer } from '../../src/adapter.ts'

/** The smallest description of an adapter. Tests add what they are about. */
export const described = {
  name: 'example',
  scope: 'test',
  baseUrl: 'https://api.example.com',
  authorization: bearer('a-secret-token'),
  participants: { id: true },
  statuses: { all: ['active'] },
  request: () => ({ path: ['conversations'] }),
  paging: { by: 'none' },
  rows: { in: 'items', normalize: () => ({ status: 'active' as const }) },
} as const

export const participant = { id: 'ada' }

/** Objects for a response: those from `start` to before `end`, whose ids are c0, c1, and so on. */
export function rowsFrom(start: number, end: number): { id: string }[] {
  return Array.from({ length: Math.max(end - start, 0) }, (_, index) => ({ id: `c${start + index}` }))
}
