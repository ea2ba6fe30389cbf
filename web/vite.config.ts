import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:4040';

/** `npx vite build web` writes web/dist; `npx vite web` serves the pages with the API of a running Aria. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { target: 'es2023', chunkSizeWarningLimit: 700, assetsInlineLimit: 0 },
  server: { proxy: { '/v1': server, '/auth': server, '/health': server, '/docs': server } },
});
