module.exports = { testMatch: ['**/imports.jest.cjs'], testEnvironment: 'jsdom' }
