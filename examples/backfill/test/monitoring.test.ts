import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { parser } from '@prometheus-io/lezer-promql'
import { parse as parseYaml } from 'yaml'
import { serveDashboard } from '../src/dashboard.ts'
import { serveMetrics } from '../src/metrics.ts'
import { setStage } from './support/in-process.ts'
import { useBackfill } from './support/use-backfill.ts'

const backfill = useBackfill()

const read = (file: string): Promise<string> => readFile(new URL(`../../${file}`, import.meta.url), 'utf8')

interface Dashboard {
  readonly panels: readonly {
    readonly id: number
    readonly title: string
    readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
    readonly datasource: { readonly uid: string }
    readonly targets: readonly { readonly expr: string }[]
  }[]
}

const dashboard: Dashboard = JSON.parse(await read('monitoring/grafana/backfill.json'))
const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))

/** The metrics that a PromQL expression reads; undefined if it is not PromQL. */
function metricsIn(expression: string): string[] | undefined {
  const metrics: string[] = []
  let isValid = true
  parser.parse(expression).iterate({
    enter({ type, name, from, to }) {
      if (type.isError) isValid = false
      if (name === 'Identifier') metrics.push(expression.slice(from, to))
    },
  })
  return isValid ? metrics : undefined
}

async function get(server: Server, path: string): Promise<string> {
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  assert.equal(response.status, 200, path)
  return response.text()
}

const namesIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^([a-z]\w*)(?:\{| )/i.exec(line)?.[1] ?? [])

test('every metric that the Grafana dashboard queries is one that a worker or the dashboard serves', async () => {
  await backfill.begin([
    { account: 'twilio', identity: 'jo' },
    { account: 'bird', phone: '+12025550123' },
  ])
  const { standIn, metrics, work } = setStage(backfill, {})
  standIn.fail({ status: 429 })
  await using _worker = work()
  await backfill.run()

  const worker = serveMetrics(metrics, 0, '127.0.0.1')
  const exporter = serveDashboard(backfill, 0, '127.0.0.1')
  const pages = await Promise.all([
    get(worker, '/metrics'),
    get(exporter, '/metrics'),
    get(exporter, '/metrics/twilio'),
    get(exporter, '/metrics/bird'),
  ])
  for (const server of [worker, exporter]) {
    server.close()
    server.closeAllConnections()
  }
  const served = new Set(pages.flatMap(namesIn))

  assert.ok(expressions.length > 10)
  for (const expression of expressions) {
    const queried = metricsIn(expression)
    assert.ok(queried !== undefined && queried.length > 0, `This is not PromQL: ${expression}`)
    assert.deepEqual(
      queried.filter((name) => !served.has(name)),
      [],
      expression,
    )
  }
  assert.match(pages[1], /backfill_participants\{account="twilio",state="finished"\} 1/)
  assert.match(pages[2], /bullmq_job_completed_total\{queue="twilio"\} 1/)
})

test('the panels of the Grafana dashboard have ids of their own and do not overlap', () => {
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
  )

  assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length)
  assert.equal(new Set(cells).size, cells.length)
  assert.ok(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24))
})

test('Grafana finds its data source, and Prometheus what it scrapes, among the services of the compose file', async () => {
  const compose = parseYaml(await read('docker-compose.yml'), { merge: true })
  const { datasources } = parseYaml(await read('monitoring/grafana/datasource.yml'))
  const { scrape_configs } = parseYaml(await read('monitoring/prometheus.yml'))

  assert.ok(dashboard.panels.every(({ datasource }) => datasource.uid === datasources[0].uid))
  const prometheus = new URL(datasources[0].url)
  assert.ok(prometheus.hostname in compose.services)
  const [workers, exporter, queues] = scrape_configs
  const [{ names, port }] = workers.dns_sd_configs
  assert.deepEqual([names, String(port)], [['worker'], compose.services.worker.environment.METRICS_PORT])
  const targets = [...exporter.static_configs, ...queues.static_configs].flatMap(({ targets }) => targets)
  assert.deepEqual(new Set(targets), new Set(['dashboard:3000']))
  assert.match(compose.services.dashboard.ports[0], /:3000$/)
  for (const { volumes } of [compose.services.prometheus, compose.services.grafana]) {
    for (const volume of volumes) await read(volume.split(':')[0])
  }
})
