/** All of undici, which few requests need: `imports` in package.json decides where there is none. */
export * as default from 'undici'
