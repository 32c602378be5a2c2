import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

import { defineConfig } from 'vite';

// Relative addresses, so that the page also works behind a proxy that serves it under a prefix, and nothing inlined as
// a data: script, so that the server's strict content security policy needs no exception for it.
export default defineConfig({
  base: './',
  logLevel: 'warn',
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8000,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'account.html'], onLog: withoutDirectives },
    target: 'es2022',
  },
  plugins: [optionalWithDefault(), compressed()],
  resolve: { dedupe: ['graphql', 'react', 'react-dom'] },
  worker: { format: 'es', plugins: () => [optionalWithDefault()] },
});

/// The package underlines variables that leave out a field with a default as if it were required.
function optionalWithDefault() {
  const [wrong, right] = ['if (fieldRequired) {', 'if (fieldRequired && field.defaultValue === undefined) {'];
  return {
    name: 'optional-with-default',
    transform(code, id) {
      if (!id.includes('getVariablesJSONSchema')) {
        return null;
      }
      if (!code.includes(wrong)) {
        this.error(`${id} has changed: see whether it still asks for fields with a default`);
      }
      return { code: code.replace(wrong, right), map: null };
    },
  };
}

/// The server hands the assets on as they are, so they are stored only compressed.
function compressed() {
  let directory;
  return {
    name: 'compressed',
    apply: 'build',
    configResolved(config) {
      directory = join(config.root, config.build.outDir, config.build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(directory)) {
        const file = join(directory, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: constants.Z_BEST_COMPRESSION }));
        rmSync(file);
      }
    },
  };
}

/// Dozens of "use client" directives of the packages mean nothing in a browser bundle; every other message is shown.
function withoutDirectives(level, log, show) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
    show(level, log);
  }
}
