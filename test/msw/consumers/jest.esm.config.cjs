// For `--experimental-vm-modules`, with which Jest knows ES modules.
module.exports = {
  testMatch: ['**/*.jest.mjs'],
  moduleFileExtensions: ['js', 'cjs', 'mjs', 'json'],
  transform: {},
}
