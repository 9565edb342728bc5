import { createRequire } from 'node:module'
import * as library from 'participant-conversations'
import * as undici from 'undici'
import * as vitest from 'vitest'

const defineCases = createRequire(import.meta.url)('./mock-agent-cases.cjs')
defineCases(vitest, undici, library, { isGlobal: true })
