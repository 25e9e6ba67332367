/** The tab that an address belongs to: same path, and of several the one that names most of the address's query. */
export function currentTab(tabs: readonly string[], address: string): string | undefined {
  const here = new URL(address, 'https://app.example')
  const fitting = tabs
    .map((tab) => ({ tab, url: new URL(tab, 'https://app.example') }))
    .filter(({ url }) => url.pathname === here.pathname)
    .filter(({ url }) =>
      [...url.searchParams].every(([name, value]) => here.searchParams.get(name) === value),
    )
  return fitting.toSorted((a, b) => b.url.searchParams.size - a.url.searchParams.size)[0]?.tab
}
