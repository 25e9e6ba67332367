// Adds to the bag without leaving the page, and shows the price of the chosen variant. Without script, forms do both.
const form = document.querySelector('.product-form')
const note = document.querySelector('[data-form-note]')

form?.addEventListener('change', (event) => {
  const text = event.target.dataset?.priceText
  if (text) document.querySelector('[data-price]').textContent = text
})

form?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = form.querySelector('button')
  button.disabled = true
  try {
    const root = window.Shopify.routes.root
    const answer = await fetch(`${root}cart/add.js`, { method: 'POST', body: new FormData(form) })
    const body = await answer.json()
    if (!answer.ok) {
      note.textContent = body.description
      return
    }
    const cart = await (await fetch(`${root}cart.js`)).json()
    document.querySelector('[data-cart-count]').textContent = String(cart.item_count)
    note.innerHTML = `In your bag. <a href="${root}cart">Go to the bag</a>`
  } catch {
    form.submit()
  } finally {
    button.disabled = false
  }
})
