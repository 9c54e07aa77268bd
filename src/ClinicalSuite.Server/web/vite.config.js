import { defineConfig } from "vite";

// One file under one name: the page names it, and asp-append-version makes its address change with its content.
export default defineConfig({
  logLevel: "warn",
  publicDir: false,
  build: {
    target: "es2022",
    rolldownOptions: {
      input: "src/app.ts",
      output: { entryFileNames: "[name].js" },
    },
  },
});
