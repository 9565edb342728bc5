import { describe, expect, it } from 'vitest'
import { joinPageToken, splitPageToken } from '../../../src/providers/twilio/page-token.ts'

describe("a page token of Twilio's with the number of its page", () => {
  it.each([
    [{ token: 'PT1', page: '12' }, '12:PT1'],
    [{ token: 'a:b', page: '1' }, '1:a:b'],
    [{ token: 'PT1', page: null }, ':PT1'],
  ])('%j is joined to %j, and split again', (pageToken, joined) => {
    expect(joinPageToken(pageToken)).toBe(joined)
    expect(splitPageToken(joined)).toEqual(pageToken)
  })

  it.each(['x1:PT1', '1x:PT1', '-1:PT1', ':PT1', 'PT1'])('%j has no number', (joined) => {
    expect(splitPageToken(joined)).toEqual({ token: 'PT1', page: null })
  })
})
