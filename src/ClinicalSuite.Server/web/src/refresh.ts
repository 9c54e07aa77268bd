let running = false;
let again = false;
const shown = new WeakMap<Element, string>();

/**
 * Fetches this very page and swaps every element that has `data-swap` and whose content changed, so that there is one
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
  } catch {
    // The appliance is away; the connection says so on the page, and its return fetches again.
  } finally {
    running = false;
  }
}

function swap(fresh: Document): void {
  for (const old of document.querySelectorAll<HTMLElement>("[data-swap]")) {
    const name = old.dataset.swap ?? "";
    const now = fresh.querySelector<HTMLElement>(`[data-swap="${CSS.escape(name)}"]`);
    if (now && withoutTokens(now) !== (shown.get(old) ?? withoutTokens(old))) {
      replace(old, now);
    }
  }
  document.dispatchEvent(new Event("swapped"));
}

/** The anti-forgery token differs in every rendering and says nothing to a reader. */
function withoutTokens(element: HTMLElement): string {
  return element.innerHTML.replace(/(name="__RequestVerificationToken"[^>]*value=")[^"]*/g, "$1");
}

/** Whoever works with the keyboard stays where he was, and what he opened stays open. */
function replace(old: HTMLElement, now: HTMLElement): void {
  const focused = old.contains(document.activeElement) ? key(document.activeElement) : null;
  const open = [...old.querySelectorAll<HTMLDetailsElement>("details[open]")].map(key);
  shown.set(old, withoutTokens(now));
  old.replaceChildren(...now.childNodes);
  for (const details of old.querySelectorAll<HTMLDetailsElement>("details")) {
    details.open = open.includes(key(details));
  }
  if (focused) {
    [...old.querySelectorAll<HTMLElement>("a, button, summary")].find((e) => key(e) === focused)?.focus();
  }
}

function key(element: Element | null): string | null {
  return element?.getAttribute("data-key") ?? element?.closest("[data-key]")?.getAttribute("data-key") ?? element?.getAttribute("href") ?? null;
}
