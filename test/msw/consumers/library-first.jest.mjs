import { jest } from '@jest/globals'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import * as library from 'participant-conversations'
import defineCases from './cases.cjs'
import runnerOf from './jest-runner.cjs'

const testing = () => import('participant-conversations/testing')
defineCases(
  globalThis,
  runnerOf(jest, { isEsm: true }),
  { http, HttpResponse, setupServer },
  { early: library, testing },
)
