/** Takes the place of undici in bundles for browsers and workers: see `imports` in package.json. */
export {}
