/** How far a run is: what the server's hub sends as `progress`. */
export interface Progress {
  run: string;
  fraction: number;
  step: string;
}

/** Moves the bar of a run; does nothing where the page does not show that run. */
export function showProgress(progress: Progress): void {
  for (const row of document.querySelectorAll<HTMLElement>(`[data-run="${CSS.escape(progress.run)}"]`)) {
    const bar = row.querySelector("progress");
    const step = row.querySelector("[data-step]");
    if (bar) {
      bar.value = progress.fraction;
    }
    if (step) {
      step.textContent = `${Math.round(progress.fraction * 100)} %  ${progress.step}`;
    }
  }
}
