// How GraphiQL talks to the server: queries and mutations by POST, subscriptions over graphql-transport-ws. The
// Authorization of the Headers editor goes with both: as a header, and in the socket's connection_init. What an answer
// brings (a token, the id of a shelter) is kept while the page is open and takes the place of the words that the examples
// have for it.
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-ws';

import { PLACEHOLDERS } from './examples.js';

/// The function that GraphiQL calls for every operation, its own introspection included.
export function createFetcher(httpUrl, socketUrl) {
  const socketFor = socketPerAuthorization(socketUrl);

  const known = new Map();

  return (asked, options = {}) => {
    const request = { ...asked, variables: filled(asked.variables, known) };
    const headers = usable(filled(options.headers ?? {}, known));
    if (isSubscription(request)) {
      return readable(socketFor(headers.authorization).iterate(request));
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
  const response = await fetch(url, {
    method: 'POST',
    credentials: 'omit',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
      'content-type': 'application/json',
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 500) || 'an empty answer'}`);
  }
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

/// One socket for one token. When the token changes, the old socket closes by itself after its last subscription.
function socketPerAuthorization(url) {
  let current;
  return (authorization) => {
    if (!current || current.authorization !== authorization) {
      const connectionParams = authorization ? { authorization } : {};
      current = { authorization, client: createClient({ url, connectionParams, retryAttempts: 0 }) };
    }
    return current.client;
  };
}

/// The same results; a closed socket is reported in words instead of as a bare browser event.
function readable(results) {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        return await results.next();
      } catch (cause) {
        throw explain(cause);
      }
    },
    return: () => results.return(),
  };
}

function explain(cause) {
  if (cause instanceof CloseEvent) {
    return new Error(`The socket was closed: ${cause.code} ${cause.reason}`.trim());
  }
  if (cause instanceof Event) {
    return new Error('The socket could not be opened.');
  }
  return cause;
}
