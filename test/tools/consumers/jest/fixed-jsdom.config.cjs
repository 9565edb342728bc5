// MSW 2 consists of ES modules, which are compiled. The library is taken as it is.
module.exports = {
  testMatch: ['**/fixed-jsdom.jest.cjs'],
  testEnvironment: 'jest-fixed-jsdom',
  moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
  transform: { '\\.m?js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
  transformIgnorePatterns: ['/node_modules/(participant-conversations|undici)/'],
}
