import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const api = process.env.API ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    assetsInlineLimit: 0, // a data: URL would need a hole in the Content-Security-Policy
    chunkSizeWarningLimit: 700,
  },
  server: { host: "127.0.0.1", proxy: { "/api": api, "/auth": api } },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://localhost/" } },
    setupFiles: "src/test/setup.ts",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
