import { defineConfig } from 'vitest/config';

/** Tests that need database servers: `.ci/servers npm run test:servers`. */
export default defineConfig({
  test: { include: ['test/servers/**/*.proof.ts'], testTimeout: 60_000, hookTimeout: 60_000, passWithNoTests: false },
});
