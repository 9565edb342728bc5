import { times } from '../../../list.js'

// Generated on its first visit.
export const revalidate = 60
export const generateStaticParams = () => []

export default async function Page() {
  return <p>{await times()}</p>
}
