import './skeletons.css'

/** Rows of a table that is being loaded. */
export function SkeletonRows({ rows, columns }: { rows: number; columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
    <tr key={row}>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <td key={column}>
          <span className="fil-skeleton fil-skeleton--line" />
        </td>
      ))}
    </tr>
  ))
}
