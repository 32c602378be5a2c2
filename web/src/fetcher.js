// How GraphiQL talks to the server: queries and mutations by POST, subscriptions over graphql-transport-ws. The
// Authorization of the Headers editor goes with both: as a header, and in the socket's connection_init. What an answer
// brings (a token, the id of a shelter) is kept while the page is open and takes the place of the words that the examples
// have for it.
import { getOperationAST, parse } from 'graphql';

import { PLACEHOLDERS } from './examples.js';
import { createSubscriber } from './streams.js';

/// The function that GraphiQL calls for every operation, its own introspection included. `tell` hears whether a
/// subscription waits for the server to come back.
export function createFetcher(httpUrl, socketUrl, tell) {
  const subscribe = createSubscriber(socketUrl, tell);
  const known = new Map();

  return (asked, options = {}) => {
    const request = { ...asked, variables: filled(asked.variables, known) };
    const headers = usable(filled(options.headers ?? {}, known));
    if (isSubscription(request)) {
      return subscribe(request, headers.authorization);
    }
    return post(httpUrl, request, headers).then((answer) => remembered(answer, known));
  };
}

/// The same values with what is known in the place of the words that stand for it.
function filled(values, known) {
  const fill = (text) => [...known].reduce((filled, [words, value]) => filled.replaceAll(words, value), text);
  return values && JSON.parse(JSON.stringify(values), (_, value) => (typeof value === 'string' ? fill(value) : value));
}

/// The same answer, once what it brings is noted.
function remembered(answer, known) {
  for (const payload of Object.values(answer.data ?? {})) {
    const shelter = payload?.shelter ?? payload?.staffOf?.[0]?.shelter;
    note(PLACEHOLDERS.token, payload?.tokens?.accessToken);
    note(PLACEHOLDERS.shelter, shelter?.id);
    note(PLACEHOLDERS.import, payload?.import?.id);
  }
  return answer;

  function note(words, value) {
    if (typeof value === 'string') {
      known.set(words, value);
    }
  }
}

async function post(url, request, headers) {
  const response = await send(url, request, headers).catch(() => undefined);
  if (!response) {
    return failed('The server cannot be reached. Run this again when it is back.');
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return failed(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 500) || 'an empty answer'}`);
  }
}

function send(url, request, headers) {
  return fetch(url, {
    method: 'POST',
    credentials: 'omit',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
      'content-type': 'application/json',
    },
    body: JSON.stringify(request),
  });
}

/// In the form of the server's own errors: what is thrown, GraphiQL shows with its JavaScript stack.
function failed(message) {
  return { errors: [{ message }] };
}

/// Header names in lower case; a token that nobody has yet is not sent, so that what is public stays readable.
function usable(headers) {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return Object.fromEntries(entries.filter(([, value]) => !value.includes(PLACEHOLDERS.token)));
}

/// A document that does not parse is not a subscription: the server says what is wrong with it.
function isSubscription({ query, operationName }) {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    return false;
  }
}
