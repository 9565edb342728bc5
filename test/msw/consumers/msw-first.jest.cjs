const { http, HttpResponse } = require('msw')
const { setupServer } = require('msw/node')

const runner = require('./jest-runner.cjs')(jest)
const late = () => require('participant-conversations')
const testing = () => require('participant-conversations/testing')
require('./cases.cjs')(globalThis, runner, { http, HttpResponse, setupServer }, { late, testing })
