import { expect, test } from 'vitest'
import { readLabels } from '../../server/settings.ts'

test('channels have names, and conversations an address in the console, where somebody has set them', () => {
  expect(
    readLabels({
      BIRD_CHANNEL_NAMES: '7c1d52e0=Text messages, b40e9a11 = Help desk',
      BIRD_CONSOLE_URL: 'https://desk.example.com/{id}',
    }),
  ).toEqual({
    channelNames: { '7c1d52e0': 'Text messages', b40e9a11: 'Help desk' },
    consoleUrls: { bird: 'https://desk.example.com/{id}' },
  })
  expect(readLabels({ BIRD_CHANNEL_NAMES: '' })).toEqual({ channelNames: {}, consoleUrls: {} })
})

test.each([
  [{ BIRD_CHANNEL_NAMES: 'Help desk' }, 'BIRD_CHANNEL_NAMES must be ids and names'],
  [{ BIRD_CHANNEL_NAMES: '7c1d52e0=' }, 'got "7c1d52e0="'],
  [{ TWILIO_CONSOLE_URL: 'https://desk.example.com' }, 'TWILIO_CONSOLE_URL must be a URL with {id} in it'],
  [{ TWILIO_CONSOLE_URL: 'javascript:alert({id})' }, 'TWILIO_CONSOLE_URL must be a URL'],
])('%j is refused', (environment, message) => {
  expect(() => readLabels(environment)).toThrow(message)
})
