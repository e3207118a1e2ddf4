import { writeFileSync } from 'node:fs';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// dist/ is embedded into the Go binary and must exist without a build: its marker file, removed with
// everything else before a build, is written again.
const keep = {
  name: 'keep',
  writeBundle(options) {
    writeFileSync(`${options.dir}/.keep`, '');
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), keep],
  build: {
    target: 'chrome111',
    assetsInlineLimit: 0, // the server's policy allows no data: URLs
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: Object.fromEntries(['/api', '/whep'].map((path) => [path, process.env.YAGURA ?? 'http://127.0.0.1:8080'])) },
  test: { include: ['src/**/*.test.ts'] },
});
