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
    rolldownOptions: { onLog: withoutDirectives },
    target: 'es2022',
  },
  plugins: [optionalWithDefault()],
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

/// Dozens of "use client" directives of the packages mean nothing in a browser bundle; every other message is shown.
function withoutDirectives(level, log, show) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') {
    show(level, log);
  }
}
