// Signing in with an account elsewhere, in a real browser, at a certified provider of OpenID Connect (oidc-provider): a first
// sign-in, a second one, one with two-step verification, one that is refused, one whose log-out fails, and an address that
// somebody else made.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Provider } from 'oidc-provider';

import { freePort, startServer } from '../../scripts/server.mjs';
import { launch } from './chromium.mjs';
import { link as mailedLink } from './mails.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../../target/debug/sweetie', import.meta.url));
const TIMEOUT = 60_000;
const PASSWORD = 'many brown dogs bark';
const CLIENT = { client_id: 'finding-sweetie', client_secret: 'a secret of the tests, of 32 bytes' };

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { tokens { accessToken } userErrors { field code message } }
}`;
const VERIFY = `mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { userErrors { field code message } } }`;
const START_TOTP = 'mutation { startTotp(input: {}) { secret userErrors { field code message } } }';
const CONFIRM_TOTP = `mutation ($input: ConfirmTotpInput!) { confirmTotp(input: $input) { userErrors { field code message } } }`;
const START_LINK = `mutation ($input: StartIdentityLinkInput!) {
  startIdentityLink(input: $input) { url secret userErrors { field code message } }
}`;
const FINISH_LINK = `mutation ($input: FinishIdentityLinkInput!) {
  finishIdentityLink(input: $input) { identity { providerName email } userErrors { field code message } }
}`;

let directory;
let server;
let provider;
let browser;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sweetie-sign-in-'));
  const port = await freePort();
  provider = await startProvider(`http://127.0.0.1:${port}/sign-in/finish`);
  const file = join(directory, 'providers.json');
  const entry = { id: 'example', name: 'Example', issuer: provider.origin, clientId: CLIENT.client_id, clientSecret: CLIENT.client_secret };
  await writeFile(file, JSON.stringify([entry]), { mode: 0o600 });
  server = await startServer({ binary: BINARY, directory, port, settings: { SWEETIE_IDENTITY_PROVIDERS: file } });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await provider?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('somebody new signs in with a button, and again, and no code stays in the address', async () => {
  for (let times = 0; times < 2; times += 1) {
    const page = await open('/sign-in');
    await page.getByRole('button', { name: 'Continue with Example' }).click();
    await consent(page, 'ann');
    await says(page, 'It works: this account signs you in as Ann Example.');
    assert.equal(page.url(), `${server.origin}/sign-in/finish`);
    assert.equal(await page.evaluate(() => window.sessionStorage.length), 0);
    await page.context().close();
  }
});

test('two-step verification is asked for on the same page', async () => {
  const token = await register('bob');
  const mailed = new URL(await mailedLink(server, 'bob@example.org', 'verify-email'));
  await server.graphql(VERIFY, { input: { token: mailed.hash.slice(1) } });
  const { startTotp } = await server.graphql(START_TOTP, {}, token);
  await server.graphql(CONFIRM_TOTP, { input: { code: totp(startTotp.secret, 0) } }, token);
  await link(token, 'bob');

  const page = await open('/sign-in');
  await page.getByRole('button', { name: 'Continue with Example' }).click();
  await consent(page, 'bob');
  const code = page.getByLabel('Code of your authenticator app');
  await code.fill('000000');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('this code is wrong').waitFor({ timeout: TIMEOUT });
  // The code of this half minute served to turn it on.
  await code.fill(totp(startTotp.secret, 1));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await says(page, 'It works: this account signs you in as bob.');
  await page.context().close();
});

test('whoever refuses at the provider is told so and can begin again', async () => {
  const page = await open('/sign-in');
  await page.getByRole('button', { name: 'Continue with Example' }).click();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByText('the other service was not allowed to say who you are').waitFor({ timeout: TIMEOUT });
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Continue with Example' }).waitFor({ timeout: TIMEOUT });
  await page.context().close();
});

test('a log-in that cannot be ended is no reason to try again', async () => {
  const page = await open('/sign-in');
  await page.route('**/graphql', (route) => (route.request().postData()?.includes('logOut') ? route.abort() : route.continue()));
  await page.getByRole('button', { name: 'Continue with Example' }).click();
  await consent(page, 'ann');
  await says(page, 'It works: this account signs you in as Ann Example.');
  assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  await page.context().close();
});

test('an error that the page does not know is told in its own words', async () => {
  for (const error of ['constructor', 'unheard_of']) {
    const page = await open(`/sign-in/finish?error=${error}`);
    await page.getByText('The other service did not sign you in.').waitFor({ timeout: TIMEOUT });
    await page.context().close();
  }
});

test('an address that somebody else made signs nobody in', async () => {
  const page = await open('/sign-in/finish?code=stolen&state=stolen');
  await page.getByText('There is nothing to finish here').waitFor({ timeout: TIMEOUT });
  assert.equal(page.url(), `${server.origin}/sign-in/finish`);
  await page.context().close();
});

async function register(name) {
  const input = { email: `${name}@example.org`, password: PASSWORD, displayName: name };
  return (await server.graphql(REGISTER, { input })).register.tokens.accessToken;
}

/// Links the account at the provider, as an app does for a member who is logged in.
async function link(token, name) {
  const { startIdentityLink } = await server.graphql(START_LINK, { input: { providerId: 'example' } }, token);
  const page = await newPage();
  // Without the secret the page finishes nothing, so the code in its address is still good.
  let came;
  page.on('request', (request) => {
    came = request.isNavigationRequest() && request.url().includes('/sign-in/finish?') ? new URL(request.url()) : came;
  });
  await page.goto(startIdentityLink.url);
  await consent(page, name);
  await page.getByText('There is nothing to finish here').waitFor({ timeout: TIMEOUT });
  await page.context().close();
  const [state, code] = ['state', 'code'].map((name) => came.searchParams.get(name));
  const input = { state, code, secret: startIdentityLink.secret };
  const { finishIdentityLink } = await server.graphql(FINISH_LINK, { input }, token);
  assert.deepEqual(finishIdentityLink.identity, { providerName: 'Example', email: `${name}@example.org` });
}

/// A page in a browser of its own, which must have nothing to complain of. Ours ask only the server, and lead to the provider;
/// the provider's want a font from elsewhere, and do without.
async function newPage() {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT);
  page.on('pageerror', (error) => assert.fail(error.message));
  page.on('request', (request) => {
    const isOurs = !page.url().startsWith(provider.origin);
    assert.ok(!isOurs || [server.origin, provider.origin].includes(new URL(request.url()).origin), request.url());
  });
  return page;
}

async function open(path) {
  const page = await newPage();
  await page.goto(`${server.origin}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/// Logs in at the provider, on its own pages for development, and agrees to what it tells.
async function consent(page, name) {
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function says(page, words) {
  await page.getByRole('status').filter({ hasText: words }).waitFor({ timeout: TIMEOUT });
}

/// The code of an authenticator app some steps of half a minute from now (RFC 6238).
function totp(secret, steps) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const place = digest.at(-1) & 15;
  return String((digest.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/// A provider at which whoever types a name has the account of that name. It says of Node 20 that it is not made for it, and
/// works; the version before needs a package without a licence.
async function startProvider(redirectUri) {
  const listener = createServer();
  await new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${listener.address().port}`;
  const names = { ann: 'Ann Example', bob: 'Bob Example' };
  const oidc = new Provider(origin, {
    clients: [{ ...CLIENT, redirect_uris: [redirectUri], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the tests'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.org`, email_verified: true, name: names[id] }),
    }),
  });
  listener.on('request', oidc.callback());
  const stop = () =>
    new Promise((resolve) => {
      listener.close(resolve);
      listener.closeAllConnections();
    });
  return { origin, stop };
}
