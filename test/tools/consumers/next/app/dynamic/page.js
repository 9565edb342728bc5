import { times } from '../../list.js'

export const dynamic = 'force-dynamic'

export default async function Page() {
  return <p>{await times()}</p>
}
