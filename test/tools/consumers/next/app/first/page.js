import { times } from '../../list.js'

export const revalidate = 1

export default async function Page() {
  return <p>{await times({ limit: 1 })}</p>
}
