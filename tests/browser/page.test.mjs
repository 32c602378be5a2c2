// What a newcomer does first: open the page, run every example from the left to the right, watch a live subscription,
// go on after the server was killed and after a token has ended.
// Set SWEETIE_SCREENSHOT to a file name for a picture of the first example's answer.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { signerOf } from '../../scripts/access-token.mjs';
import { startServer } from '../../scripts/server.mjs';
import { launch } from './chromium.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../../target/debug/sweetie', import.meta.url));
const TIMEOUT = 60_000;
const SECRET = 'the secret of the browser test, and of nothing else';

// What the answer of each example shows when all went well.
const SHOWN = {
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

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { tokens { accessToken } userErrors { field code message } }
}`;
const LOG_IN = `mutation ($input: LogInInput!) {
  logIn(input: $input) { tokens { accessToken } userErrors { field code message } }
}`;
const REPORT = `mutation ($input: ReportPetInput!) {
  reportPet(input: $input) { pet { id } userErrors { field code message } }
}`;

let directory;
let server;
let browser;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sweetie-browser-'));
  await start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('the page loads whole from its own host', async () => {
  const { page, requests, complaints } = await open();

  assert.equal(await page.title(), 'Finding Sweetie · GraphiQL');
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Finding Sweetie');
  assert.deepEqual(await page.locator('.graphiql-tab').allInnerTexts().then(trimmed), Object.keys(SHOWN));
  assert.deepEqual(requests.filter((url) => !isOwn(url)), []);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('what the page loads is compressed for whoever takes that, and the same for whoever does not', async () => {
  const { body: html } = await file('/', 'identity');
  const [script] = /assets\/index-[^"]+\.js/.exec(html.toString());

  const packed = await file(`/${script}`, 'gzip, br');
  const plain = await file(`/${script}`, 'identity');

  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.deepEqual(gunzipSync(packed.body), plain.body);
  for (const { headers } of [packed, plain]) {
    assert.match(headers['content-type'], /javascript/);
    assert.equal(headers.vary.toLowerCase().includes('accept-encoding'), true);
    assert.match(headers['cache-control'], /immutable/);
  }
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

  for (const name of Object.keys(SHOWN)) {
    await run(page, name);
  }

  assert.deepEqual(complaints, []);
  await page.close();
});

test('a server that is killed and comes back: streams go on, and every example runs again', { timeout: 8 * TIMEOUT }, async () => {
  const ann = await logIn('ann@example.org');
  const finder = await register('bystander');
  const { page } = await open();
  const numbers = numbersOfAlerts(page);
  await run(page, 'LogIn');
  await run(page, 'MatchAlerts');
  assert.equal(await status(page).innerText(), '');

  await kill();
  await status(page, 'The connection is lost.').waitFor({ timeout: TIMEOUT });
  await answer(page, SHOWN.MatchAlerts);
  // Nobody listens at the first attempt to connect again; the second shows that it is not given up.
  await page.waitForEvent('websocket', { timeout: TIMEOUT });
  await page.waitForEvent('websocket', { timeout: TIMEOUT });
  await start();
  await report(ann, 'LOST', '985112001234567');
  await report(finder, 'FOUND', '985112001234567');
  await answer(page, '"CHIP"');
  assert.equal(await status(page).innerText(), '');
  assert.deepEqual(numbers, [...new Set(numbers)].sort((a, b) => a - b), 'each alert once and in order');

  await kill();
  await status(page, 'The connection is lost.').waitFor({ timeout: TIMEOUT });
  await choose(page, 'WhoAmI'); // ends the stream
  assert.equal(await status(page).innerText(), '');
  await execute(page);
  assert.doesNotMatch(await answer(page, 'The server cannot be reached. Run this again when it is back.'), /"stack"/);
  await start();
  // The token is still good, and the account of Register is there already.
  for (const name of Object.keys(SHOWN).filter((name) => !['Register', 'LogIn', 'MatchAlerts'].includes(name))) {
    await run(page, name);
  }
  await page.close();
});

test('a token that ends: a stream and a query say what to do, and doing so helps', { timeout: 6 * TIMEOUT }, async () => {
  const { page } = await open();
  await page.route('**/graphql', withShortLivedToken, { times: 1 });
  await run(page, 'LogIn');
  await run(page, 'MatchAlerts');

  const said = await answer(page, 'The token has ended (4403). Run LogIn again');
  assert.doesNotMatch(said, /"stack"/);
  await execute(page);
  await answer(page, '(4401). Run LogIn again');
  await choose(page, 'WhoAmI');
  await execute(page);
  await answer(page, 'this access token has expired');

  await choose(page, 'LogIn');
  await Promise.all([answerTo(page, 'LogIn'), execute(page)]);
  await run(page, 'WhoAmI');
  await run(page, 'MatchAlerts');
  await page.close();
});

test('a page that is loaded again has its tabs and their headers, but keeps no token', { timeout: 4 * TIMEOUT }, async () => {
  const token = await logIn('ann@example.org');
  const { page } = await open();
  await choose(page, 'WhoAmI');
  await pasteToken(page, token);
  await execute(page);
  await answer(page, SHOWN.WhoAmI);
  await choose(page, 'LogIn');
  const names = Object.keys(SHOWN);
  const kept = (shown) => JSON.parse(localStorage.getItem('graphiql:tabState')).activeTabIndex === shown;
  await page.waitForFunction(kept, names.indexOf('LogIn'), { timeout: TIMEOUT });
  const everything = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!everything.includes(token), 'no token is kept');

  await page.reload({ timeout: TIMEOUT });
  await page.locator('.graphiql-tab').nth(names.length - 1).waitFor({ timeout: TIMEOUT });

  assert.deepEqual(await page.locator('.graphiql-tab').allInnerTexts().then(trimmed), names);
  await run(page, 'LogIn');
  await run(page, 'WhoAmI');
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

/// The server, in the same folder and at the same address every time.
async function start() {
  const port = server && new URL(server.origin).port;
  server = await startServer({ binary: BINARY, flags: ['--demo'], directory, port, settings: { SWEETIE_SECRET: SECRET } });
}

async function kill() {
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
}

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

/// A file of the page as it travels.
async function file(path, encodings) {
  const response = await new Promise((resolve, reject) => {
    get(`${server.origin}${path}`, { headers: { 'accept-encoding': encodings } }, resolve).on('error', reject);
  });
  assert.equal(response.statusCode, 200);
  return { headers: response.headers, body: await buffer(response) };
}

async function answerTo(page, operation) {
  const response = await page.waitForResponse(
    (candidate) => candidate.url().endsWith('/graphql') && new RegExp(`(query|mutation) ${operation}\\b`).test(candidate.request().postData()),
    { timeout: TIMEOUT },
  );
  return response.json();
}

async function execute(page) {
  await page.locator('.graphiql-execute-button').click({ timeout: TIMEOUT });
}

/// Runs the example of that name, which must succeed. A subscription is left running.
async function run(page, name) {
  await choose(page, name);
  await execute(page);
  assert.doesNotMatch(await answer(page, SHOWN[name], name), /"message"|"reason"/, name);
}

/// The shown answer, once these words are in it.
async function answer(page, words, name = words) {
  const response = page.locator('.graphiql-response', { hasText: words });
  await response.waitFor({ timeout: TIMEOUT }).catch(async (cause) => {
    throw new Error(`${name}: ${await page.locator('.graphiql-response').innerText()}`, { cause });
  });
  return response.innerText();
}

/// What the page says about its connection, once these words are in it.
function status(page, words = '') {
  return page.locator('.brand').getByRole('status').filter({ hasText: words });
}

/// The numbers of all alerts that come to the page from now on, over whichever socket.
function numbersOfAlerts(page) {
  const numbers = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const alert = JSON.parse(payload).payload?.data?.matchAlerts;
      numbers.push(...(alert ? [alert.number] : []));
    });
  });
  return numbers;
}

/// The server's answer to a log-in, but its token ends after ten seconds instead of 15 minutes.
async function withShortLivedToken(route) {
  const response = await route.fetch();
  const answer = await response.json();
  const { tokens } = answer.data.logIn;
  const claims = JSON.parse(Buffer.from(tokens.accessToken.split('.')[1], 'base64url'));
  tokens.accessToken = signerOf(SECRET)({ ...claims, exp: Math.floor(Date.now() / 1000) + 10 });
  await route.fulfill({ response, json: answer });
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
  await placeholder.click({ timeout: TIMEOUT });
  // By keys, since the editor may draw the line anew at any time: to the closing quote, then over the word before it.
  for (const key of ['End', 'ArrowLeft', 'ControlOrMeta+Shift+ArrowLeft']) {
    await page.keyboard.press(key);
  }
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

async function logIn(email) {
  const { logIn } = await server.graphql(LOG_IN, { input: { email, password: 'sweetie-demo' } });
  return logIn.tokens.accessToken;
}

/// The same chip in both reports makes the surest of matches.
function report(token, kind, microchip = '985112004567890') {
  const input = {
    kind,
    species: 'DOG',
    microchip,
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
