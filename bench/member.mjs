// Members for the measurements: registration and sockets.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) {
    viewer { member { id } }
    tokens { accessToken }
    userErrors { field code message }
  }
}`;

/// Registers a member; returns the e-mail, the member's id and an access token.
export async function register(server, name) {
  const email = `${name}@example.org`;
  const input = { email, password: `a long password of ${name} 417`, displayName: name };
  const { register: payload } = await server.graphql(REGISTER, { input });
  return { email, id: payload.viewer.member.id, token: payload.tokens.accessToken };
}

/// A connected graphql-transport-ws client with the member's token.
export function connect(server, { token }) {
  return new Promise((resolve, reject) => {
    const client = createClient({
      url: `${server.origin.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: reject,
    });
    client.on('connected', () => resolve(client));
  });
}
