import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The polyfill would be an inline script, which the page's policy refuses. Every browser of this target preloads.
    modulePreload: { polyfill: false },
  },
  // `npm run dev` serves the page; the API comes from `npm start`, in another terminal.
  server: {
    proxy: { '/api': { target: `http://127.0.0.1:${process.env.PORT ?? 3000}`, changeOrigin: true } },
  },
})
