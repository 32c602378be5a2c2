// Signing in with an account at another service: the page that leads there, and the page to which the service sends people
// back. What the server gave as a secret stays in this tab, so that nobody else can finish what was begun here.
import { element } from './form.js';

const KEPT = 'sweetie-sign-in';

const REFUSALS = {
  access_denied: 'You were not signed in, because the other service was not allowed to say who you are.',
  server_error: 'The other service has a problem just now.',
  temporarily_unavailable: 'The other service has a problem just now.',
};

/// A button for each service.
export async function signInPage({ ask, mutate }) {
  const { identityProviders } = await ask('{ identityProviders { id name } }');
  if (identityProviders.length === 0) {
    return { title: 'Sign in', words: 'No other service is set up to sign in with. Use your e-mail address and password, please.' };
  }
  const alert = element('p', '', { role: 'alert' });
  const buttons = identityProviders.map((provider) => {
    const button = element('button', `Continue with ${provider.name}`, { type: 'button' });
    button.addEventListener('click', async () => {
      button.disabled = true;
      alert.textContent = '';
      try {
        await leave(mutate, provider.id);
      } catch (error) {
        alert.textContent = error.message;
        button.disabled = false;
      }
    });
    return button;
  });
  return { title: 'Sign in', words: 'Use an account that you have already.', parts: [...buttons, alert] };
}

async function leave(mutate, providerId) {
  const { url, secret, userErrors } = await mutate('startIdentitySignIn', { providerId }, 'url secret');
  if (!url) {
    throw new Error(userErrors[0]?.message ?? 'Something went wrong. Please try again in a moment.');
  }
  window.sessionStorage.setItem(KEPT, secret);
  window.location.assign(url);
}

/// Finishes at once: without the secret of this tab, an address that somebody else made does nothing.
export async function finishPage(api, code) {
  const query = new URLSearchParams(window.location.search);
  const secret = window.sessionStorage.getItem(KEPT);
  window.sessionStorage.removeItem(KEPT);
  // Neither the history nor another site need see the code.
  window.history.replaceState(null, '', window.location.pathname);
  if (query.has('error')) {
    return again(refusal(query.get('error')));
  }
  if (!secret || !query.has('code') || !query.has('state')) {
    return again('There is nothing to finish here: this page was opened again, or in another tab or browser.');
  }
  const input = { state: query.get('state'), code: query.get('code'), secret };
  const goOn = (words, action, isCodeAskedFor) => ({
    title: 'Sign in',
    words: sentence(words),
    fields: [{ ...code, isHidden: !isCodeAskedFor }],
    action,
    run: (values) => finish(api, { ...input, ...values }),
    done: welcome,
  });
  let answer;
  try {
    answer = await finish(api, input);
  } catch (error) {
    return goOn(error.message, 'Try again', false);
  }
  if (answer.userErrors.length === 0) {
    return { title: 'Sign in', status: welcome(answer) };
  }
  const [{ field, message }] = answer.userErrors;
  return field.at(-1) === code.name ? goOn(message, 'Sign in', true) : again(sentence(message));
}

/// Signs in, and leaves no log-in behind: this page is not the app. If the log-in cannot be ended, it is forgotten with this
/// page, and there is nothing to try again: the sign-in is used up.
async function finish({ mutate, end }, input) {
  const fields = 'viewer { member { displayName } } tokens { accessToken }';
  const answer = await mutate('finishIdentitySignIn', input, fields);
  await end(answer.tokens).catch(() => {});
  return answer;
}

function welcome({ viewer }) {
  return `It works: this account signs you in as ${viewer.member.displayName}.`;
}

function refusal(error) {
  return Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : 'The other service did not sign you in.';
}

function again(words) {
  const link = element('a', 'Sign in', { href: '../sign-in' });
  return { title: 'You are not signed in', words, parts: [link] };
}

function sentence(message) {
  return `${message[0].toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
}
