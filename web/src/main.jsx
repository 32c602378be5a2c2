// The page: a small header with the brand, and GraphiQL with its explorer below. Everything it loads comes from the
// same host, workers and fonts included.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

import { examples } from './examples.js';
import { createFetcher } from './fetcher.js';
import paw from './paw.svg';
import { storage } from './storage.js';

const endpoint = new URL('graphql', window.location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

const plugins = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];
const demo = demoLogIns();
const defaultTabs = examples(new Date(), demo);

function Page() {
  const [isWaiting, setWaiting] = useState(false);
  const [fetcher] = useState(() => createFetcher(endpoint.href, socket.href, setWaiting));
  return (
    <>
      <header className="brand">
        <img src={paw} alt="" width="22" height="22" />
        <h1>Finding Sweetie</h1>
        <p>{demo ? logInsAsText(demo) : 'Lost pets, found pets, and the people between: one GraphQL API.'}</p>
        <p role="status">{isWaiting && 'The connection is lost. The subscription goes on as soon as the server is back.'}</p>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={plugins}
          defaultTabs={defaultTabs}
          defaultTheme="light"
          defaultEditorToolsVisibility="variables"
          inputValueDeprecation
          shouldPersistHeaders
          storage={storage}
        >
          <GraphiQL.Logo>{''}</GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

/// How to log in to the demo data, which a server that shows it puts into the page.
function demoLogIns() {
  const meta = document.querySelector('meta[name="demo-log-ins"]');
  return meta && JSON.parse(meta.content);
}

function logInsAsText({ password, members, shelter }) {
  return `Demo: log in as ${members.join(', ')} or ${shelter.staff} (${shelter.name}), password ${password}`;
}

createRoot(document.getElementById('root')).render(<Page />);
