// What a newcomer does first: open the page, run the first example, watch a live subscription. Set SWEETIE_SCREENSHOT
// to a file name for a picture of the first example's answer.
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
    'ReportALostPet',
    'MatchAlerts',
    'FoundAShelter',
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

test('a match reaches the subscription of its owner, with the token of the headers editor', { timeout: 3 * TIMEOUT }, async () => {
  const [owner, finder] = [await register('owner'), await register('finder')];
  await report(owner, 'LOST');
  const { page, complaints } = await open();
  await page.locator('.graphiql-tab-button', { hasText: 'MatchAlerts' }).click({ timeout: TIMEOUT });
  await pasteToken(page, owner);

  const [socket] = await Promise.all([acknowledgedSocket(page), execute(page)]);
  await report(finder, 'FOUND');
  await page.locator('.graphiql-response', { hasText: '"CHIP"' }).waitFor({ timeout: TIMEOUT });

  assert.ok(isOwn(socket.url()));
  assert.deepEqual(complaints, []);
  await page.close();
});

/// A page of its own with an empty memory, once GraphiQL has read the schema.
async function open() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
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
