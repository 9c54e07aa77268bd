/**
 * Narrows a list to the rows that contain every word typed and are of the concern chosen. In the browser, so that no
 * name stands in an address or a log.
 */
export function setUpFilters(): void {
  for (const bar of document.querySelectorAll<HTMLElement>("[data-filter]")) {
    bar.hidden = false;
    bar.addEventListener("input", () => narrow(bar));
  }
  document.addEventListener("swapped", () => {
    document.querySelectorAll<HTMLElement>("[data-filter]").forEach(narrow);
  });
}

function narrow(bar: HTMLElement): void {
  const words = (bar.querySelector<HTMLInputElement>("input[type=search]")?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const concern = bar.querySelector<HTMLInputElement>("input[type=radio]:checked")?.value ?? "";
  const rows = document.querySelectorAll<HTMLElement>(`[data-swap="${CSS.escape(bar.dataset.filter ?? "")}"] tbody tr`);
  let shown = 0;
  for (const row of rows) {
    const text = (row.textContent ?? "").toLowerCase();
    const fits = (!concern || row.dataset.concern === concern) && words.every((word) => text.includes(word));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  const none = bar.querySelector<HTMLElement>("[data-none]");
  if (none) {
    none.hidden = shown > 0 || rows.length === 0;
  }
}
