import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { setUpFilters } from "./filter";
import { showProgress, type Progress } from "./progress";
import { refresh } from "./refresh";

// The pages are complete as they come from the server; this only keeps an open page true while a study moves on.
const page = document.body.dataset;

async function listen(): Promise<void> {
  const connection = new HubConnectionBuilder()
    .withUrl("/live")
    .withAutomaticReconnect({
      // For ever: a page that hangs in a reading room outlives many restarts of the appliance.
      nextRetryDelayInMilliseconds: (retry) => Math.min(30000, 1000 * retry.previousRetryCount),
    })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("progress", (progress: Progress) => showProgress(progress));
  connection.on("changed", (studyUids: string[]) => {
    if (!page.study || studyUids.includes(page.study) || studyUids.includes("")) {
      void refresh();
    }
  });
  const follow = async () => {
    await connection.invoke("Follow", page.study ?? "");
    document.body.classList.remove("stale");
    page.connection = "on";
    // Before the connection stood something may have happened.
    await refresh();
  };
  const lose = () => {
    document.body.classList.add("stale");
    page.connection = "off";
  };
  connection.onreconnecting(lose);
  connection.onreconnected(follow);
  connection.onclose(lose);
  await connection.start();
  await follow();
}

setUpFilters();
if (page.live) {
  listen().catch(() => document.body.classList.add("stale"));
}
