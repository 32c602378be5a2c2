// Passkeys in a real browser, with a device that the browser plays itself: one is added to an account, and logs in without
// name or password.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startServer } from '../../scripts/server.mjs';
import { launch } from './chromium.mjs';
import { link } from './mails.mjs';

const BINARY = process.env.SWEETIE_BINARY ?? fileURLToPath(new URL('../../target/debug/sweetie', import.meta.url));
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};
const REGISTER = `mutation {
  register(input: { email: "ann@example.org", password: "many brown dogs bark", displayName: "Ann" }) {
    tokens { accessToken } userErrors { field code message } } }`;
const VERIFY = `mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { userErrors { field code message } } }`;
const START = `mutation { startPasskeyRegistration(input: {}) { optionsJson userErrors { field code message } } }`;
const ADD = `mutation ($input: AddPasskeyInput!) {
  addPasskey(input: $input) { passkey { name } userErrors { field code message } } }`;
const ASK = `mutation { startPasskeyLogIn(input: {}) { optionsJson userErrors { field code message } } }`;
const LOG_IN = `mutation ($input: LogInWithPasskeyInput!) {
  logInWithPasskey(input: $input) { viewer { member { displayName } } userErrors { field code message } } }`;

let server;
let browser;

before(async () => {
  server = await startServer({ binary: BINARY });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('a passkey that the browser makes opens the account', async () => {
  const page = await browser.newPage();
  const device = await page.context().newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE });
  // Browsers make passkeys for names, and not for numbers.
  await page.goto(`${server.origin.replace('127.0.0.1', 'localhost')}/forgot-password`);

  const token = (await server.graphql(REGISTER)).register.tokens.accessToken;
  const mailed = new URL(await link(server, 'ann@example.org', 'verify-email'));
  await server.graphql(VERIFY, { input: { token: mailed.hash.slice(1) } });
  const { optionsJson } = (await server.graphql(START, {}, token)).startPasskeyRegistration;
  const credentialJson = await page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(json));
    return JSON.stringify(await navigator.credentials.create({ publicKey }));
  }, optionsJson);
  const added = await server.graphql(ADD, { input: { credentialJson, name: 'Laptop' } }, token);
  assert.equal(added.addPasskey.passkey.name, 'Laptop');

  const asked = (await server.graphql(ASK)).startPasskeyLogIn.optionsJson;
  const signed = await page.evaluate(async (json) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(json));
    return JSON.stringify(await navigator.credentials.get({ publicKey }));
  }, asked);
  const { logInWithPasskey } = await server.graphql(LOG_IN, { input: { credentialJson: signed } });
  assert.equal(logInWithPasskey.viewer.member.displayName, 'Ann');
  await page.close();
});
