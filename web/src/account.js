// The pages that mails lead to, and those for signing in with an account at another service, one for each path. The token
// stands behind `#`, which browsers send to no server. A page does its one thing only when somebody presses its button,
// because programs that check links open them too.
import './account.css';

import { element, form } from './form.js';
import { finishPage, signInPage } from './sign-in.js';

const endpoint = new URL(window.location.pathname.endsWith('/sign-in/finish') ? '../graphql' : 'graphql', window.location.href);
const token = window.location.hash.slice(1);
const page = document.getElementById('page');

const EMAIL = { name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'username' };
const PASSWORD = { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' };
const NEW_PASSWORD = {
  name: 'password',
  label: 'New password',
  type: 'password',
  autocomplete: 'new-password',
  hint: 'At least 8 characters. A phrase of several words is best.',
};
const NAME = { name: 'displayName', label: 'Your name, as others see it', autocomplete: 'nickname', isHidden: true };
const CODE = {
  name: 'code',
  label: 'Code of your authenticator app, or a recovery code',
  autocomplete: 'one-time-code',
  isHidden: true,
  isOptional: true,
};

const api = { ask, mutate, end };

const PAGES = {
  'verify-email': {
    title: 'Verify your e-mail address',
    words: 'Press the button to verify that this address is yours.',
    action: 'Verify my e-mail address',
    run: () => mutate('verifyEmail', { token }),
    done: () => 'Thank you. Your e-mail address is verified.',
  },
  'confirm-email': {
    title: 'Confirm your new e-mail address',
    words: 'Press the button to confirm the change.',
    action: 'Confirm the change',
    run: () => mutate('confirmEmailChange', { token }, 'emailChanged'),
    done: ({ emailChanged }) =>
      emailChanged
        ? 'Thank you. Your account uses the new address from now on.'
        : 'Thank you. Please confirm the mail to your other address too; then the change is made.',
  },
  'forgot-password': {
    title: 'Choose a new password',
    words: 'Give the address of your account, and we send you a link.',
    fields: [EMAIL],
    action: 'Send me the link',
    run: ({ email }) => mutate('requestPasswordReset', { email }),
    done: () => 'If there is an account with this address, a mail is on its way. Its link works for one hour.',
  },
  'reset-password': {
    title: 'Choose a new password',
    fields: [NEW_PASSWORD, CODE],
    action: 'Set the new password',
    run: async (values) => {
      const answer = await mutate('resetPassword', { token, ...values }, 'tokens { accessToken }');
      await end(answer.tokens);
      return answer;
    },
    done: () => 'Your password is changed, and all devices were logged out. Log in with the new one.',
  },
  'accept-invitation': {
    title: 'Join the staff of a shelter',
    words: 'Log in with the account whose address got the invitation.',
    fields: [EMAIL, PASSWORD, NAME, CODE],
    action: 'Accept the invitation',
    choice: { label: 'I have no account yet', shows: 'displayName' },
    run: acceptInvitation,
    done: ({ staff }) => `Welcome. You are part of the staff of ${staff.shelter.name} now.`,
  },
  'sign-in': () => signInPage(api),
  finish: () => finishPage(api, { ...CODE, name: 'twoFactorCode' }),
};

const named = PAGES[window.location.pathname.split('/').pop()];
if (typeof named === 'function') {
  named().then(show, (error) => show({ title: 'Sign in', words: error.message }));
} else {
  show(named);
}

function show(found) {
  if (!found) {
    page.replaceChildren(element('h1', 'There is no such page'));
    return;
  }
  document.title = `${found.title} · Finding Sweetie`;
  if (found.status) {
    const words = element('p', found.status, { role: 'status' });
    page.replaceChildren(element('h1', found.title), words);
    return;
  }
  const parts = [element('h1', found.title)];
  if (found.words) {
    parts.push(element('p', found.words));
  }
  const done = (answer) => {
    const words = element('p', found.done(answer));
    words.setAttribute('role', 'status');
    page.replaceChildren(element('h1', found.title), words);
    // The token has served; a history that others look at need not hold it.
    window.history.replaceState(null, '', window.location.pathname);
  };
  parts.push(...(found.parts ?? []));
  if (found.action) {
    parts.push(form(found, done));
  }
  page.replaceChildren(...parts);
}

/// Logs in, or registers when a name was given, joins, and leaves no log-in behind.
async function acceptInvitation({ displayName, ...logIn }) {
  const name = displayName ? 'register' : 'logIn';
  const input = displayName ? { email: logIn.email, password: logIn.password, displayName } : logIn;
  const answer = await mutate(name, input, 'tokens { accessToken }');
  if (!answer.tokens) {
    return answer;
  }
  const joined = await mutate('acceptInvitation', { token }, 'staff { shelter { name } }', answer.tokens.accessToken);
  await end(answer.tokens);
  return joined;
}

async function end(tokens) {
  if (tokens) {
    await mutate('logOut', {}, '', tokens.accessToken);
  }
}

/// The payload of a mutation.
async function mutate(name, input, fields = '', accessToken = null) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { field message code } } }`;
  return (await ask(query, { input }, accessToken))[name];
}

/// The data of an answer; what is wrong with the request as a whole is thrown in words.
async function ask(query, variables = {}, accessToken = null) {
  const headers = { 'content-type': 'application/json' };
  if (accessToken) {
    headers.authorization = `Bearer ${accessToken}`;
  }
  let answer;
  try {
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    answer = await response.json();
  } catch {
    throw new Error('The server cannot be reached. Please try again in a moment.');
  }
  if (!answer.data || answer.errors) {
    throw new Error(answer.errors?.[0]?.message ?? 'Something went wrong. Please try again in a moment.');
  }
  return answer.data;
}
