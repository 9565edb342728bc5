module.exports = { testMatch: ['**/listing.jest.ts'], transform: { '\\.ts$': '@swc/jest' } }
