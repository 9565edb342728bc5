import { createRequire } from 'node:module'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import * as library from 'participant-conversations'
import * as vitest from 'vitest'
import { runner } from './vitest-runner.mjs'

const defineCases = createRequire(import.meta.url)('./cases.cjs')
const testing = () => import('participant-conversations/testing')
defineCases(vitest, runner, { http, HttpResponse, setupServer }, { early: library, testing })
