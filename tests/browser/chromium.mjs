// The browser of the tests: Debian's Chromium, which sees nothing but this machine.
import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from 'playwright-core';

export function launch() {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--disable-dev-shm-usage',
      // No name but the server's resolves, so whatever the page wanted from elsewhere would fail.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}

function chromiumPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const candidates = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = candidates.find(isExecutable);
  assert.ok(found, 'no Chromium on the PATH: scripts/test-services.sh ensure');
  return found;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
