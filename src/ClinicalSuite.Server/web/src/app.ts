import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { showProgress, type Progress } from "./progress";
import { refresh } from "./refresh";

// The pages are complete as they come from the server; this only keeps an open page true while a study moves on.
const page = document.body.dataset;

async function listen(): Promise<void> {
  const connection = new HubConnectionBuilder()
    .withUrl("/live")
    .withAutomaticReconnect([0, 1000, 3000, 10000, 30000])
    .configureLogging(LogLevel.Error)
    .build();
  connection.on("progress", (progress: Progress) => showProgress(progress));
  connection.on("changed", (studyUids: string[]) => {
    if (!page.study || studyUids.includes(page.study)) {
      void refresh();
    }
  });
  const follow = () => connection.invoke("Follow", page.study ?? "");
  connection.onreconnecting(() => document.body.classList.add("stale"));
  connection.onreconnected(async () => {
    document.body.classList.remove("stale");
    await follow();
    await refresh();
  });
  connection.onclose(() => document.body.classList.add("stale"));
  await connection.start();
  await follow();
  document.body.dataset.live = "on";
  // Between the rendering of the page and the start of the connection something may have happened.
  await refresh();
}

if (page.live !== undefined) {
  listen().catch(() => document.body.classList.add("stale"));
}
