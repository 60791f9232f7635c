import { defineConfig } from 'vitest/config';

/** Tests that run migrations with Active Record itself: `.ci/active-record`. */
export default defineConfig({
  test: { include: ['test/active-record/**/*.proof.ts'], testTimeout: 170_000, hookTimeout: 170_000, passWithNoTests: false },
});
