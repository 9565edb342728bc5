/**
 * Prints the first participants of the stand-in as a CSV file:
 *
 *     node dist/stand-in/csv.js 500 > participants.csv
 */
import { residentAt } from './population.ts'

const count = Number(process.argv[2] ?? 500)
console.log('account,phone,address,identity')
for (let index = 0; index < count; index++) {
  const { account, phone = '', address = '', identity = '' } = residentAt(index)
  console.log([account, phone, address, identity].join(','))
}
