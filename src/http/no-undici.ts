/** What bundles for browsers and workers get in place of undici: see `imports` in package.json. */
export {}
