// The pages that mails lead to, in a real browser: the links of the mails themselves, a bad password, a code that is asked
// for, an invitation of somebody who has no account yet.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startServer } from '../../scripts/server.mjs';
import { launch } from './chromium.mjs';
import { link } from './mails.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../../target/debug/sweetie', import.meta.url));
const TIMEOUT = 60_000;
const PASSWORD = 'many brown dogs bark';
const NEW_PASSWORD = 'twelve green cats sing';

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { tokens { accessToken } userErrors { field code message } }
}`;
const LOG_IN = `mutation ($input: LogInInput!) {
  logIn(input: $input) { tokens { accessToken } userErrors { field code message } }
}`;
const REGISTER_SHELTER = `mutation ($input: RegisterShelterInput!) {
  registerShelter(input: $input) { shelter { id } userErrors { field code message } }
}`;
const INVITE = `mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { userErrors { field code message } } }`;

let directory;
let server;
let browser;

before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sweetie-account-'));
  server = await startServer({ binary: BINARY, directory });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

test('the link of the first mail verifies the address, and only when its button is pressed', async () => {
  const token = await register('ann');
  const page = await open(await link(server, 'ann@example.org', 'verify-email'));
  const verified = async () => (await server.graphql('{ viewer { emailVerified } }', {}, token)).viewer.emailVerified;
  assert.equal(await verified(), false);

  await page.getByRole('button', { name: 'Verify my e-mail address' }).click();

  await says(page, 'Thank you. Your e-mail address is verified.');
  assert.equal(await verified(), true);
  assert.equal(new URL(page.url()).hash, '', 'the token is gone from the address');
  await page.close();
});

test('a forgotten password is replaced: what is wrong is told beside the field', async () => {
  await register('bob');
  const asked = await open(`${server.origin}/forgot-password`);
  await asked.getByLabel('E-mail address').fill('bob@example.org');
  await asked.getByRole('button', { name: 'Send me the link' }).click();
  await says(asked, 'If there is an account with this address, a mail is on its way.');
  await asked.close();

  const page = await open(await link(server, 'bob@example.org', 'reset-password'));
  await page.getByLabel('New password').fill('12345678');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.getByText('this password is among the most common ones').waitFor({ timeout: TIMEOUT });
  assert.equal(await page.getByLabel('New password').getAttribute('aria-invalid'), 'true');

  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await says(page, 'Your password is changed');
  await server.graphql(LOG_IN, { input: { email: 'bob@example.org', password: NEW_PASSWORD } });
  await page.close();
});

test('somebody without an account accepts an invitation, and a used link says what to do', async () => {
  const token = await register('cleo');
  const shelter = { name: 'Second Street Shelter', type: 'SHELTER', location: { postalCode: '78701' } };
  const { registerShelter } = await server.graphql(REGISTER_SHELTER, { input: shelter }, token);
  const invitation = { shelterId: registerShelter.shelter.id, email: 'dan@example.org', role: 'STAFF' };
  await server.graphql(INVITE, { input: invitation }, token);

  const url = await link(server, 'dan@example.org', 'accept-invitation');
  const page = await open(url);
  await page.getByRole('button', { name: 'I have no account yet' }).click();
  await page.getByLabel('E-mail address').fill('dan@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('Your name').fill('Dan');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await says(page, 'Welcome. You are part of the staff of Second Street Shelter now.');
  await page.close();

  const late = await open(url.replace(/#.*/, '#inv_0'));
  await late.getByLabel('E-mail address').fill('dan@example.org');
  await late.getByLabel('Password').fill(PASSWORD);
  await late.getByRole('button', { name: 'Accept the invitation' }).click();
  await late.getByText('ask the shelter for a new one').waitFor({ timeout: TIMEOUT });
  await late.close();
});

async function register(name) {
  const input = { email: `${name}@example.org`, password: PASSWORD, displayName: name };
  return (await server.graphql(REGISTER, { input })).register.tokens.accessToken;
}

/// The page, which must have nothing to complain of and ask only its own server.
async function open(url) {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  page.setDefaultTimeout(TIMEOUT);
  page.on('pageerror', (error) => assert.fail(error.message));
  page.on('request', (request) => assert.ok(request.url().startsWith(server.origin), request.url()));
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

async function says(page, words) {
  await page.getByRole('status').filter({ hasText: words }).waitFor({ timeout: TIMEOUT });
}
