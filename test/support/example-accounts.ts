export const ADDRESS = '+12025550123'

/** How many conversations the customer has with each provider. */
export const COUNT = 130

export const TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'example-auth-token' }

export const BIRD = {
  accessKey: 'example-access-key',
  workspaceId: '00000000-0000-4000-8000-000000000001',
  channelId: '00000000-0000-4000-8000-000000000002',
}
