/** The participant and the accounts that tests list. No test depends on their values. */
export const address = '+12025550123'
export const account = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'a-secret-auth-token' }
export const workspace = {
  accessKey: 'a-secret-access-key',
  workspaceId: '0f0e0d0c-0000-4000-8000-000000000001',
}
export const channelId = '0f0e0d0c-0000-4000-8000-00000000000a'

/** The headers with which the account and the workspace authenticate. */
export const basic = { authorization: `Basic ${btoa(`${account.accountSid}:${account.authToken}`)}` }
export const accessKey = { authorization: `AccessKey ${workspace.accessKey}` }
