// The process is alive and answers.
export function loader() {
  return new Response('ok', { headers: { 'cache-control': 'no-store' } })
}
