// Where Jest cannot require ES modules: those that MSW 2 consists of are compiled. The library is taken as it is.
module.exports = {
  testMatch: ['**/*.jest.cjs'],
  moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
  transform: { '\\.m?js$': ['babel-jest', { plugins: ['@babel/plugin-transform-modules-commonjs'] }] },
  transformIgnorePatterns: ['/node_modules/(participant-conversations|undici)/'],
}
