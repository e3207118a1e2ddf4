import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
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

// The server sends NAME.br or NAME.gz in the place of NAME. Fonts are compressed already.
const compress = {
  name: 'compress',
  writeBundle(options) {
    for (const name of readdirSync(options.dir, { recursive: true }).filter((n) => /\.(js|css|svg|html)$/.test(n))) {
      const file = `${options.dir}/${name}`;
      const data = readFileSync(file);
      const small = {
        br: brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }),
        gz: gzipSync(data, { level: 9 }),
      };
      for (const [suffix, out] of Object.entries(small)) {
        if (out.length < data.length) writeFileSync(`${file}.${suffix}`, out);
      }
    }
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), keep, compress],
  build: {
    target: 'chrome111',
    assetsInlineLimit: 0, // the server's policy allows no data: URLs
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { input: ['index.html', 'public.html'] }, // the application, and what is for everybody
  },
  server: { proxy: Object.fromEntries(['/api', '/whep'].map((path) => [path, process.env.YAGURA ?? 'http://127.0.0.1:8080'])) },
  test: { include: ['src/**/*.test.ts'] },
});
