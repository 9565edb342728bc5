test.each(['', '/twilio', '/bird', '/adapter', '/testing'])(
  'imports participant-conversations%s',
  (entry) => {
    expect(typeof TextDecoder).toBe('undefined')
    expect(Object.keys(require(`participant-conversations${entry}`))).not.toHaveLength(0)
  },
)
