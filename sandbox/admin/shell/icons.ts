// The shell's icons: 20 by 20, drawn with one stroke.
import { raw } from 'hono/html'

const PATHS = {
  home: 'M3 9.5 10 3.5l7 6V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z',
  orders: 'M4 8h12l1 8.2a.8.8 0 0 1-.8.8H3.8a.8.8 0 0 1-.8-.8zM7 8V6a3 3 0 0 1 6 0v2',
  products: 'M3.5 10.5v-6a1 1 0 0 1 1-1h6l6.2 6.2a1 1 0 0 1 0 1.4l-5.6 5.6a1 1 0 0 1-1.4 0zM7.2 7.2h.01',
  apps: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM14 11.2v5.6M11.2 14h5.6',
  store:
    'M3.5 8 5 3.5h10L16.5 8M4 8v8.5h12V8M3.5 8a2.2 2.2 0 0 0 4.3 0 2.2 2.2 0 0 0 4.4 0 2.2 2.2 0 0 0 4.3 0M8 16.5v-4h4v4',
  mail: 'M3 5.5h14v9H3zM3.5 6l6.5 5L16.5 6',
  panel: 'M4 6h6m4 0h2M4 14h2m4 0h6M12 4v4M8 12v4',
  menu: 'M3.5 6h13M3.5 10h13M3.5 14h13',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12zM13.5 13.5 17 17',
  alert: 'M10 6.5v4.5M10 13.8h.01M10 3l7.5 13.5h-15z',
} as const

/** Decorative: hidden from screen readers. */
export function icon(name: keyof typeof PATHS) {
  return raw(
    `<svg class="icon" viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`,
  )
}

/** The sandbox's own mark: a ring in its box. */
export function mark() {
  return raw(
    '<svg class="mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true"><rect x="1" y="1" width="26" height="26" rx="8" fill="#c69a4b"/><circle cx="14" cy="18" r="5.6" fill="none" stroke="#241d2b" stroke-width="1.9"/><path d="M10.9 4.6h6.2l2.6 3.2-5.7 5.6-5.7-5.6z" fill="#fffaf0" stroke="#241d2b" stroke-width="1.1" stroke-linejoin="round"/></svg>',
  )
}

/** The embedded app's mark: a filigree knot. */
export function appMark(size = 20) {
  return raw(
    `<svg class="app-mark" viewBox="0 0 24 24" width="${size}" height="${size}" aria-hidden="true"><rect width="24" height="24" rx="7" fill="#2b2431"/><path d="M12 5.2c3 0 3 3.4 0 6.8-3 3.4-3 6.8 0 6.8s3-3.4 0-6.8c-3-3.4-3-6.8 0-6.8zM5.2 12c0-3 3.4-3 6.8 0 3.4 3 6.8 3 6.8 0s-3.4-3-6.8 0c-3.4 3-6.8 3-6.8 0z" fill="none" stroke="#e3bd73" stroke-width="1.3"/></svg>`,
  )
}
