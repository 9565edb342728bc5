import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Program, TransportName } from './program.ts'
import { installBunAndDeno, installNodes, installTools, nodes } from './tools.ts'

const bundlers = ['esbuild', 'rollup', 'rolldown', 'webpack', 'rspack']

/** Ways to say that a bundle is not for Node. */
const edges = ['platform neutral', 'condition workerd', 'condition edge-light', 'condition worker']

/**
 * Installs the runtimes and the bundlers. Resolves with a program for each of them, for a project that has the
 * library. Bundles go to a folder from where no package can be found.
 */
export async function programs(project: string, bundles: string): Promise<Program[]> {
  const nodeOf = await installNodes()
  const { bun, deno } = await installBunAndDeno()
  const tools = await installTools([
    'miniflare',
    ...['esbuild', 'rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs'],
    ...['rolldown', 'webpack', '@rspack/core'],
  ])
  const node = nodeOf('24')
  const workerHost = [
    node,
    join(project, 'worker-host.mjs'),
    join(tools, 'node_modules/miniflare/dist/src/index.js'),
  ]

  const inProject = (
    name: string,
    version: string,
    transport: TransportName,
    ...command: string[]
  ): Program => ({ name, version, transport, cwd: project, preparations: [], command })

  const bundled = async (
    bundler: string,
    platform: 'node' | 'worker',
    transport: TransportName,
  ): Promise<Program> => {
    const folder = join(bundles, `${bundler} for ${platform}`.replaceAll(/\W+/g, '-'))
    await mkdir(folder, { recursive: true })
    const entry = join(project, platform === 'node' ? 'esm.mjs' : 'worker.mjs')
    const output = join(folder, 'index.mjs')
    const name = bundler === 'rspack' ? '@rspack/core' : bundler.replace(/,.*/, '')
    const version = packageVersion(tools, name)
    return {
      name: platform === 'node' ? `Node 24, bundled by ${bundler}` : `workerd, bundled by ${bundler}`,
      version: platform === 'node' ? version : `${packageVersion(tools, 'workerd')}, ${version}`,
      transport,
      cwd: folder,
      preparations: [[node, join(project, 'bundle.mjs'), bundler, platform, tools, entry, output]],
      command: platform === 'node' ? [node, output] : [...workerHost, output],
    }
  }

  return [
    ...nodes.flatMap((version) => [
      inProject(
        `Node ${version}, ESM`,
        printedVersion(nodeOf(version)),
        'undici',
        nodeOf(version),
        'esm.mjs',
      ),
      inProject(
        `Node ${version}, CommonJS`,
        printedVersion(nodeOf(version)),
        'undici',
        nodeOf(version),
        'cjs.cjs',
      ),
    ]),
    inProject('Bun, ESM', printedVersion(bun), 'fetch', bun, 'esm.mjs'),
    inProject('Bun, CommonJS', printedVersion(bun), 'fetch', bun, 'cjs.cjs'),
    // It has the right to use the network on loopback, and no other.
    inProject(
      'Deno',
      printedVersion(deno),
      'fetch',
      deno,
      'run',
      '--no-prompt',
      '--allow-net=127.0.0.1',
      'esm.mjs',
    ),
    ...(await Promise.all(bundlers.map((bundler) => bundled(bundler, 'worker', 'fetch')))),
    ...(await Promise.all(edges.map((edge) => bundled(`esbuild, ${edge}`, 'worker', 'fetch')))),
    ...(await Promise.all(bundlers.map((bundler) => bundled(bundler, 'node', 'undici')))),
    await bundled('esbuild, without undici', 'node', 'fetch'),
  ]
}

function printedVersion(file: string): string {
  return /\d+\.\d+\.\d+/.exec(execFileSync(file, ['--version'], { encoding: 'utf8' }))?.[0] ?? 'unknown'
}

function packageVersion(tools: string, name: string): string {
  return JSON.parse(readFileSync(join(tools, 'node_modules', name, 'package.json'), 'utf8')).version
}
