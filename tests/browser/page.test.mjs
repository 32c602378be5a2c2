// What a newcomer does first: open the page, run every example from the left to the right, watch a live subscription.
// Set SWEETIE_SCREENSHOT to a file name for a picture of the first example's answer.
import assert from 'node:assert/strict';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { startServer } from '../../scripts/server.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../../target/debug/sweetie', import.meta.url));
const TIMEOUT = 30_000;

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { tokens { accessToken } userErrors { field code message } }
}`;
const REPORT = `mutation ($input: ReportPetInput!) {
  reportPet(input: $input) { pet { id } userErrors { field code message } }
}`;

let server;
let browser;

before(async () => {
  server = await startServer({ binary: BINARY, flags: ['--demo'] });
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--disable-dev-shm-usage',
      // No name but the server's resolves, so whatever the page wanted from elsewhere would fail.
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the page loads whole from its own host', async () => {
  const { page, requests, complaints } = await open();

  assert.equal(await page.title(), 'Finding Sweetie · GraphiQL');
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Finding Sweetie');
  assert.deepEqual(await page.locator('.graphiql-tab').allInnerTexts().then(trimmed), [
    'WelcomeLostPetsNearAustin',
    'MapOfAustin',
    'Register',
    'LogIn',
    'WhoAmI',
    'ReportALostPet',
    'MatchAlerts',
    'RegisterAShelter',
    'ImportAnimals',
    'WatchTheImport',
  ]);
  assert.deepEqual(requests.filter((url) => !isOwn(url)), []);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the first example lists lost pets', async () => {
  const { page, complaints } = await open();

  const [answer] = await Promise.all([answerTo(page, 'WelcomeLostPetsNearAustin'), execute(page)]);

  assert.equal(answer.errors, undefined);
  assert.notEqual(answer.data.pets.nodes.length, 0);
  await page.locator('.graphiql-response', { hasText: '"totalCount"' }).waitFor({ timeout: TIMEOUT });
  if (process.env.SWEETIE_SCREENSHOT) {
    await page.screenshot({ path: process.env.SWEETIE_SCREENSHOT });
  }
  assert.deepEqual(complaints, []);
  await page.close();
});

test('every example succeeds on a fresh demo, run in order', { timeout: 6 * TIMEOUT }, async () => {
  const { page, complaints } = await open();
  // What each answer shows when all went well.
  const shown = {
    WelcomeLostPetsNearAustin: '"totalCount"',
    MapOfAustin: '"clusters"',
    Register: '"ann@example.com"',
    LogIn: '"accessToken"',
    WhoAmI: '"ann@example.org"',
    ReportALostPet: '"shareUrl"',
    MatchAlerts: '"explanation"',
    RegisterAShelter: '"Second Street Shelter"',
    ImportAnimals: '"total"',
    WatchTheImport: '"DONE"',
  };

  for (const [name, words] of Object.entries(shown)) {
    await choose(page, name);
    await execute(page);
    const response = page.locator('.graphiql-response', { hasText: words });
    await response.waitFor({ timeout: TIMEOUT }).catch(async (cause) => {
      throw new Error(`${name}: ${await page.locator('.graphiql-response').innerText()}`, { cause });
    });
    const text = await response.innerText();
    assert.doesNotMatch(text, /"message"|"reason"/, name);
    if (name === 'MatchAlerts') {
      await execute(page); // ends it
    }
  }
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the page of a demo says how to log in', async () => {
  const { page } = await open();

  const said = await page.locator('.brand').innerText();

  for (const words of ['ann@example.org', 'bob@example.org', 'cleo@example.org', 'sweetie-demo']) {
    assert.ok(said.includes(words), said);
  }
  await page.close();

  const bare = await startServer({ binary: BINARY });
  const html = await fetch(bare.origin).then((response) => response.text());
  await bare.stop();
  assert.ok(!html.includes('sweetie-demo'), 'no log-ins without demo data');
});

test('comments fit, and no variable is underlined', { timeout: 6 * TIMEOUT }, async () => {
  const { page } = await open({ width: 1400, height: 900 });
  const names = await page.locator('.graphiql-tab').allInnerTexts().then(trimmed);

  for (const name of names) {
    await choose(page, name);
    assert.deepEqual(await commentsCutOff(page), [], name);
  }
  await choose(page, 'ReportALostPet');
  // Something is wrong at first, so that the check is known to have been made when nothing is any more.
  const variables = page.locator('.graphiql-editor-tool .graphiql-editor').first();
  const underlined = variables.locator('.squiggly-error, .squiggly-warning');
  await variables.locator('.view-line').first().click({ timeout: TIMEOUT });
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('"wrong": 1,');
  await underlined.first().waitFor({ timeout: TIMEOUT });
  for (let count = 0; count < '"wrong": 1,'.length; count += 1) {
    await page.keyboard.press('Backspace');
  }
  await underlined.first().waitFor({ state: 'detached', timeout: TIMEOUT });
  await page.close();
});

test('a match reaches the subscription of its owner, with the token of the headers editor', { timeout: 3 * TIMEOUT }, async () => {
  const [owner, finder] = [await register('owner'), await register('finder')];
  await report(owner, 'LOST');
  const { page, complaints } = await open();
  await choose(page, 'MatchAlerts');
  await pasteToken(page, owner);

  const [socket] = await Promise.all([acknowledgedSocket(page), execute(page)]);
  await report(finder, 'FOUND');
  await page.locator('.graphiql-response', { hasText: '"CHIP"' }).waitFor({ timeout: TIMEOUT });

  assert.ok(isOwn(socket.url()));
  assert.deepEqual(complaints, []);
  await page.close();
});

/// A page of its own with an empty memory, once GraphiQL has read the schema.
async function open(viewport = { width: 1440, height: 900 }) {
  const page = await browser.newPage({ viewport });
  const requests = [];
  const complaints = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('requestfailed', (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const introspected = answerTo(page, 'IntrospectionQuery');
  await page.goto(server.origin, { waitUntil: 'networkidle', timeout: TIMEOUT });
  const { errors } = await introspected;
  assert.equal(errors, undefined);
  return { page, requests, complaints };
}

async function answerTo(page, operation) {
  const response = await page.waitForResponse(
    (candidate) => candidate.url().endsWith('/graphql') && candidate.request().postData()?.includes(`query ${operation}`),
    { timeout: TIMEOUT },
  );
  return response.json();
}

async function execute(page) {
  await page.locator('.graphiql-execute-button').click({ timeout: TIMEOUT });
}

/// Goes to the tab of that name, and waits until GraphiQL has taken note of its operation, a moment after it is shown.
async function choose(page, name) {
  const tab = page.locator('.graphiql-tab', { has: page.locator(`[title="${name}"]`) });
  if ((await tab.getAttribute('class')).includes('graphiql-tab-active')) {
    return;
  }
  await tab.locator('.graphiql-tab-button').click({ timeout: TIMEOUT });
  const noted = (name) => new RegExp(`^\\w+ ${name}\\b`, 'm').test(localStorage.getItem('graphiql:query'));
  await page.waitForFunction(noted, name, { timeout: TIMEOUT });
}

/// The comments of the shown tab that do not fit into its editor.
function commentsCutOff(page) {
  return page.locator('.graphiql-query-editor').first().evaluate((editor) => {
    // Beyond it are the buttons.
    const edge = editor.querySelector('.monaco-scrollable-element').getBoundingClientRect().right;
    return [...editor.querySelectorAll('.view-line > span')]
      .filter((line) => line.textContent.startsWith('#') && edge < line.getBoundingClientRect().right)
      .map((line) => line.textContent);
  });
}

/// What the example asks for: the token takes the place of the words in capitals.
async function pasteToken(page, token) {
  await page.getByRole('button', { name: 'Headers' }).click({ timeout: TIMEOUT });
  const placeholder = page.locator('.graphiql-editor-tool .view-line span', { hasText: 'PASTE_YOUR_ACCESS_TOKEN' }).last();
  const { width, height } = await placeholder.boundingBox({ timeout: TIMEOUT });
  await placeholder.dblclick({ position: { x: width - 40, y: height / 2 }, timeout: TIMEOUT });
  await page.keyboard.insertText(token);
}

/// The page's socket, once the server has accepted its connection_init.
function acknowledgedSocket(page) {
  return new Promise((resolve) => {
    page.once('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => JSON.parse(payload).type === 'connection_ack' && resolve(socket));
    });
  });
}

async function register(name) {
  const input = { email: `${name}@example.org`, password: `a long password of ${name} 417`, displayName: name };
  const { register } = await server.graphql(REGISTER, { input });
  return register.tokens.accessToken;
}

/// The same chip in both reports makes the surest of matches.
function report(token, kind) {
  const input = {
    kind,
    species: 'DOG',
    microchip: '985112004567890',
    seenAt: new Date(Date.now() - 3_600_000).toISOString(),
    location: { point: { latitude: 30.27, longitude: -97.74 } },
  };
  return server.graphql(REPORT, { input }, token);
}

function isOwn(url) {
  return /^(blob|data):/.test(url) || new URL(url).host === new URL(server.origin).host;
}

function trimmed(texts) {
  return texts.map((text) => text.trim());
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
