import { jest } from '@jest/globals'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import defineCases from './cases.cjs'
import runnerOf from './jest-runner.cjs'

const late = () => import('participant-conversations')
const testing = () => import('participant-conversations/testing')
defineCases(
  globalThis,
  runnerOf(jest, { isEsm: true }),
  { http, HttpResponse, setupServer },
  { late, testing },
)
