const strict = {
  strict: true,
  target: 'es2022',
  module: 'commonjs',
  moduleResolution: 'node10',
  types: ['jest', 'node'],
}
module.exports = {
  testMatch: ['**/listing.jest.ts'],
  transform: { '\\.ts$': ['ts-jest', { tsconfig: strict }] },
}
