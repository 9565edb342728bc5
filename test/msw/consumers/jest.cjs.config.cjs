// For `--experimental-vm-modules`, with which Jest can require ES modules.
module.exports = {
  testMatch: ['**/*.jest.cjs'],
  moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
  transform: {},
}
