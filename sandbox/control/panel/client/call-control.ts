/** One call of the control API: GET without a body, else POST. Errors: rejects with the API's own message. */
export async function callControl(path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(
    path,
    body === undefined
      ? undefined
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  )
  const result = await answer
    .json()
    .catch(() => ({ ok: false, message: `${path} answered ${answer.status}.` }))
  if (!answer.ok || result.ok === false)
    throw new Error(result.message ?? `${path} answered ${answer.status}.`)
  return result
}
