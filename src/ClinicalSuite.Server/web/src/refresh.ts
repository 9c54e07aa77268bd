let running = false;
let again = false;
const shown = new WeakMap<Element, string>();

/**
 * Fetches this very page and swaps every element that has `data-swap` and whose text changed, so that there is one
 * rendering (the server's) and an open PDF or a scrolled figure stays as it is.
 */
export async function refresh(): Promise<void> {
  if (running) {
    again = true;
    return;
  }
  running = true;
  try {
    do {
      again = false;
      const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
      if (answer.redirected) {
        location.reload();
        return;
      }
      if (answer.ok) {
        swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
    } while (again);
  } finally {
    running = false;
  }
}

function swap(fresh: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>("[data-swap]")) {
    const name = old.dataset.swap ?? "";
    const now = fresh.querySelector<HTMLElement>(`[data-swap="${CSS.escape(name)}"]`);
    if (now && now.innerHTML !== (shown.get(old) ?? old.innerHTML)) {
      old.innerHTML = now.innerHTML;
      shown.set(old, now.innerHTML);
    }
  }
}
