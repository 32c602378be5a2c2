//! Clients that send the hash of a document first.

use super::script::Script;
use crate::support::TestApp;

/// Asks the same with two clients of each kind, and with a third over GET.
const PERSISTED: &str = "
import { createHash } from 'node:crypto';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { Client, fetchExchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';

const uri = `${process.env.SERVER}/graphql`;
const text = 'query Open { pets(first: 1) { totalCount } }';
const sha256 = (document) => createHash('sha256').update(document).digest('hex');
let sent = [];
const watched = async (input, init) => {
  const body = init.body ? JSON.parse(init.body) : Object.fromEntries(new URL(input).searchParams);
  const response = await fetch(input, init);
  sent.push(`${init.method ?? 'GET'} ${body.query ? 'document' : 'hash'} ${response.status}`);
  return response;
};

const apollo = async (options) => {
  const link = new PersistedQueryLink({ sha256, ...options }).concat(new HttpLink({ uri, fetch: watched }));
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  return (await client.query({ query: gql(text) })).data;
};
const urql = async (options) => {
  const exchanges = [persistedExchange({ generateHash: async (document) => sha256(document), ...options }), fetchExchange];
  const { data, error } = await new Client({ url: uri, exchanges, fetch: watched, preferGetMethod: false }).query(text, {}).toPromise();
  if (error) throw error;
  return data;
};

for (const [name, ask] of Object.entries({ apollo, urql })) {
  for (const options of [{}, {}, { useGETForHashedQueries: true, preferGetForPersistedQueries: true }]) {
    sent = [];
    const { pets } = await ask(options);
    console.log(`${name} ${pets.totalCount}: ${sent.join(', ')}`);
  }
}
";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apollo_client_and_urql_send_a_document_once_and_its_hash_from_then_on() {
    let app = TestApp::new().await;
    let mut script = Script::start(&[("persisted.mjs", PERSISTED)], &app.url, &[]);
    let expected = [
        "apollo 0: POST hash 200, POST document 200",
        "apollo 0: POST hash 200",
        "apollo 0: GET hash 200",
        "urql 0: GET hash 200, GET document 200",
        "urql 0: GET hash 200",
        "urql 0: GET hash 200",
    ];
    assert_eq!(script.said(expected.len()).await, expected);
}
