/** The fields that were posted. Errors: throws a plain 400 for a body that is no form, or that broke off. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw new Response('This is no form.', { status: 400, headers: { 'cache-control': 'no-store' } })
  }
}
