import { expect, test } from 'vitest'
import { readForm } from './read-form.server.ts'

function post(body: string, type: string): Request {
  return new Request('https://filigree.example/app', {
    method: 'POST',
    body,
    headers: { 'content-type': type },
  })
}

test.each([
  ['{"intent":"archive"}', 'application/json'],
  ['intent=archive', 'text/plain'],
  ['--x\r\nContent-Disposition: form-data', 'multipart/form-data; boundary=x'],
])('%j as %s is refused as what it is', async (body, type) => {
  const thrown: unknown = await readForm(post(body, type)).catch((error: unknown) => error)
  expect(thrown).toMatchObject({ status: 400 })
})

test('a form is read', async () => {
  const form = await readForm(post('intent=archive', 'application/x-www-form-urlencoded'))
  expect(form.get('intent')).toBe('archive')
})
