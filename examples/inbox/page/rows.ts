/** The rows as elements: what has the focus is the browser's to know. */

export function rowOf(key: string): HTMLElement | undefined {
  return allRows().find((row) => row.dataset.key === key)
}

/** Moves the focus by some rows, or to the one that Tab would lead to. What is open follows. */
export function moveFocus(distance: number, isOpen: boolean): void {
  const rows = allRows()
  // biome-ignore lint/complexity/useIndexOf: indexOf() takes an HTMLElement only
  const index = rows.findIndex((row) => row === document.activeElement)
  focusRow(index < 0 ? rows.find((row) => row.tabIndex === 0) : rows[index + distance], isOpen)
}

export function focusFirst(isOpen: boolean): void {
  focusRow(allRows()[0], isOpen)
}

export function focusLast(isOpen: boolean): void {
  focusRow(allRows().at(-1), isOpen)
}

function focusRow(row: HTMLElement | undefined, isOpen: boolean): void {
  row?.focus()
  // Rows that are covered cannot have the focus.
  if (isOpen && row === document.activeElement) row?.click()
}

function allRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.row')]
}
