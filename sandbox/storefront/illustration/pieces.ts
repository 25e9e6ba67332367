// The drawings: each piece in a square of 800, light from the upper left.
import type { Palette } from './jewelry-illustration.ts'

function shadow(x: number, y: number, width: number): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${width}" ry="${width / 7}" fill="#3a2f28" opacity=".22" filter="url(#soft)"/>`
}

/** A faceted stone seen from above, with `sides` corners. */
function stone(x: number, y: number, radius: number, sides: number, { gem }: Palette): string {
  const corner = (index: number, r: number) => {
    const angle = ((index + 0.5) / sides) * 2 * Math.PI - Math.PI / 2
    return `${(x + r * Math.cos(angle)).toFixed(1)},${(y + r * Math.sin(angle)).toFixed(1)}`
  }
  const facets = Array.from({ length: sides }, (_, index) => {
    const tone = [gem.light, gem.middle, gem.deep][Math.floor((index / sides) * 5) % 3] ?? gem.middle
    return `<path d="M${corner(index, radius)} ${corner(index + 1, radius)} ${corner(index + 1, radius * 0.56)} ${corner(index, radius * 0.56)}z" fill="${tone}" opacity=".8"/>`
  })
  const outline = Array.from({ length: sides }, (_, index) => corner(index, radius)).join(' ')
  const table = Array.from({ length: sides }, (_, index) => corner(index, radius * 0.56)).join(' ')
  return `<polygon points="${outline}" fill="url(#gem)"/>${facets.join('')}<polygon points="${table}" fill="url(#gem)"/><path d="M${corner(sides - 1, radius * 0.5)} ${corner(0, radius * 0.5)} ${corner(1, radius * 0.34)}z" fill="#fff" opacity=".55"/>`
}

/** Four curls of wire round a middle: the work that gives filigree its name. */
function scrollwork(x: number, y: number, size: number, stroke: number): string {
  const curl = `M0 0c${size * 0.1} ${-size * 0.42} ${size * 0.62} ${-size * 0.5} ${size * 0.62} ${-size * 0.12}c0 ${size * 0.26} ${-size * 0.38} ${size * 0.24} ${-size * 0.34} 0c${size * 0.02} ${-size * 0.1} ${size * 0.14} ${-size * 0.12} ${size * 0.18} ${-size * 0.03}`
  const arms = [0, 90, 180, 270].map(
    (turn) =>
      `<g transform="rotate(${turn})"><path d="${curl}"/><path d="${curl}" transform="scale(1 -1) rotate(45)"/></g>`,
  )
  return `<g transform="translate(${x} ${y})" fill="none" stroke="url(#metal)" stroke-width="${stroke}" stroke-linecap="round">${arms.join('')}</g>`
}

export function ring(palette: Palette): string {
  const sides = 6 + (palette.seed % 3)
  return `${shadow(400, 660, 190)}
<ellipse cx="400" cy="460" rx="172" ry="186" fill="none" stroke="${palette.metal.deep}" stroke-width="34"/>
<ellipse cx="400" cy="456" rx="172" ry="186" fill="none" stroke="url(#metal)" stroke-width="28"/>
<path d="M250 388a172 186 0 0 1 70-88" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity=".7"/>
${scrollwork(310, 292, 54, 6)}${scrollwork(490, 292, 54, 6)}
<path d="M330 236l30 72h80l30-72z" fill="url(#metal)"/>
${stone(400, 218, 88, sides, palette)}
${[322, 478].map((x) => `<circle cx="${x}" cy="222" r="9" fill="url(#metal)"/>`).join('')}<circle cx="400" cy="136" r="8" fill="url(#metal)"/><circle cx="400" cy="304" r="9" fill="url(#metal)"/>`
}

export function necklace(palette: Palette): string {
  const chain = 'M120 40C170 330 300 480 400 480S630 330 680 40'
  return `${shadow(400, 722, 110)}
<path d="${chain}" fill="none" stroke="${palette.metal.deep}" stroke-width="9" opacity=".35" transform="translate(5 8)"/>
<path d="${chain}" fill="none" stroke="url(#metal)" stroke-width="11" stroke-linecap="round" stroke-dasharray="1 14"/>
<path d="${chain}" fill="none" stroke="${palette.metal.middle}" stroke-width="2.5"/>
<circle cx="400" cy="494" r="17" fill="none" stroke="url(#metal)" stroke-width="7"/>
<circle cx="400" cy="600" r="88" fill="${palette.metal.light}" fill-opacity=".25" stroke="url(#metal)" stroke-width="9"/>
${scrollwork(400, 600, 116, 7)}
${stone(400, 600, 34, 8, palette)}
<circle cx="400" cy="706" r="13" fill="url(#gem)"/>`
}

export function earrings(palette: Palette): string {
  const one = (x: number) => `${shadow(x, 690, 70)}
<path d="M${x} 210c-64-8-70-104 0-108 34 0 46 26 40 48" fill="none" stroke="url(#metal)" stroke-width="8" stroke-linecap="round"/>
<circle cx="${x}" cy="222" r="13" fill="none" stroke="url(#metal)" stroke-width="6"/>
${stone(x, 276, 38, 6, palette)}
<path d="M${x} 322c92 96 104 200 0 300-104-100-92-204 0-300z" fill="${palette.metal.light}" fill-opacity=".22" stroke="url(#metal)" stroke-width="8"/>
${scrollwork(x, 478, 84, 6)}${stone(x, 478, 26, 8, palette)}
<circle cx="${x}" cy="640" r="15" fill="url(#gem)"/>`
  return one(270) + one(530)
}

export function bracelet(palette: Palette): string {
  const beads = Array.from({ length: 7 }, (_, index) => {
    const angle = Math.PI * (0.2 + index * 0.1)
    const [x, y] = [400 + 250 * Math.cos(angle), 400 + 176 * Math.sin(angle)]
    return index % 2 === 0
      ? stone(x, y, 30, 8, palette)
      : `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="19" fill="url(#metal)" stroke="${palette.metal.deep}" stroke-width="1.5"/>`
  })
  return `${shadow(400, 628, 240)}
<ellipse cx="400" cy="400" rx="250" ry="176" fill="none" stroke="${palette.metal.deep}" stroke-width="22"/>
<ellipse cx="400" cy="396" rx="250" ry="176" fill="none" stroke="url(#metal)" stroke-width="18"/>
<path d="M172 340a250 176 0 0 1 150-104" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".75"/>
<ellipse cx="400" cy="396" rx="250" ry="176" fill="none" stroke="${palette.metal.deep}" stroke-width="18" stroke-dasharray="2 22" opacity=".45"/>
${beads.join('')}`
}

export function brooch(palette: Palette): string {
  return `${shadow(400, 650, 200)}
<ellipse cx="400" cy="400" rx="218" ry="218" fill="${palette.metal.light}" fill-opacity=".2" stroke="url(#metal)" stroke-width="12"/>
<circle cx="400" cy="400" r="190" fill="none" stroke="url(#metal)" stroke-width="8" stroke-linecap="round" stroke-dasharray="1 18"/>
${scrollwork(400, 400, 236, 9)}
<g transform="rotate(45 400 400)">${scrollwork(400, 400, 150, 6)}</g>
${stone(400, 400, 62, 8, palette)}`
}
