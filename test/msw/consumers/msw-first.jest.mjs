import { jest } from '@jest/globals'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import defineCases from './cases.cjs'
import runnerOf from './jest-runner.cjs'

const late = () => import('participant-conversations')
defineCases(globalThis, runnerOf(jest), { http, HttpResponse, setupServer }, { late })
