// Every entry can be imported and required, and nothing else of the package can.
const { readdirSync } = require('node:fs')
const { dirname, join } = require('node:path')

const name = 'participant-conversations'
const folder = dirname(require.resolve(`${name}/package.json`))
const inside = readdirSync(join(folder, 'dist')).map((file) => `${name}/dist/${file}`)
const closed = [
  ...inside,
  `${name}/src/index.ts`,
  `${name}/http`,
  `${name}/providers/twilio`,
  `${name}/index`,
]

async function main() {
  for (const entry of ['', '/twilio', '/bird', '/adapter', '/schema', '/testing']) {
    await import(`${name}${entry}`)
    require(`${name}${entry}`)
  }
  for (const specifier of closed) {
    const codes = [await failure(() => import(specifier)), await failure(() => require(specifier))]
    for (const code of codes) {
      if (code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw new Error(`${specifier} is not closed: ${code}`)
    }
  }
  console.log('entries')
}

async function failure(load) {
  try {
    await load()
    return 'loaded'
  } catch (error) {
    return error.code
  }
}

main()
