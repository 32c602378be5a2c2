// Subscriptions over graphql-transport-ws. A connection that is lost is tried again until it is back, and a stream that
// declares `after` goes on after its last event; docs/API.md says why. What ends a stream for good is told in words.
import { createClient } from 'graphql-ws';

/// A token that is wrong, and one that has ended or was revoked.
const REFUSED_TOKEN = [4401, 4403];
const NEW_TOKEN = 'Run LogIn again, or paste a new token under Headers; then run this again.';

/// The function that subscribes, with a token or without. `tell` hears whether a stream waits for the server to come back.
export function createSubscriber(url, tell) {
  const clientFor = clientPerAuthorization(url, tell);
  return (request, authorization) => {
    const asked = { ...request, variables: { ...request.variables } };
    return readable(clientFor(authorization).iterate(asked), asked.variables, () => tell(false));
  };
}

/// One socket for one token. When the token changes, the old socket closes by itself after its last subscription.
function clientPerAuthorization(url, tell) {
  let current;
  return (authorization) => {
    if (!current || current.authorization !== authorization) {
      current = { authorization, client: connect(url, authorization, tell) };
    }
    return current.client;
  };
}

function connect(url, authorization, tell) {
  let epoch; // which history of the database the numbers belong to
  return createClient({
    url,
    connectionParams: () => ({ authorization, epoch }),
    retryAttempts: Infinity,
    // Also when nobody listens at the address. A token that has ended is not the better for being sent again.
    shouldRetry: ({ code }) => !REFUSED_TOKEN.includes(code),
    retryWait: () => {
      tell(true);
      return new Promise((resolve) => setTimeout(resolve, 500 + 2000 * Math.random()));
    },
    on: {
      connected: (_, payload) => {
        epoch = payload?.epoch;
        tell(false);
      },
    },
  });
}

/// The same results, the last of which says in words why the stream has ended, if it failed. graphql-ws sends the same
/// `variables` whenever it connects, so they keep the number of the last event.
function readable(results, variables, ended) {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const result = await results.next();
        const event = Object.values(result.value?.data ?? {})[0];
        variables.after = event?.number ?? event?.revision ?? variables.after;
        return result;
      } catch (cause) {
        ended();
        return { done: false, value: { errors: inWords(cause) } };
      }
    },
    return() {
      ended();
      return results.return();
    },
  };
}

/// The server's own errors about the operation, or why the socket is closed.
function inWords(cause) {
  if (Array.isArray(cause)) {
    return cause;
  }
  if (!(cause instanceof CloseEvent)) {
    return [{ message: cause.message }];
  }
  const said = cause.reason || 'The server has closed the connection';
  // What the server advises after the colon is for programs.
  return [{ message: REFUSED_TOKEN.includes(cause.code) ? `${said.split(':')[0]} (${cause.code}). ${NEW_TOKEN}` : `${said} (${cause.code}).` }];
}
