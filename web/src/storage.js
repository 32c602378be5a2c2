// What GraphiQL keeps in the browser: the tabs with their headers, so that the page is as it was when it is loaded again.
// No token is kept: the words that stand for one take its place.
import { PLACEHOLDERS } from './examples.js';

const TOKEN = /Bearer [\w.-]+/gi;
const TABS = 'graphiql:tabState';

/// GraphiQL keeps what the shown editors hold a second time, a moment earlier or later than the tabs. It adds a tab when
/// the two differ, so only the tabs are asked.
const OF_SHOWN_TAB = { 'graphiql:query': 'query', 'graphiql:variables': 'variables', 'graphiql:headers': 'headers' };

export const storage = {
  getItem: (key) => (key in OF_SHOWN_TAB ? shownTab()?.[OF_SHOWN_TAB[key]] : localStorage.getItem(key)),
  setItem: (key, value) => localStorage.setItem(key, value.replace(TOKEN, `Bearer ${PLACEHOLDERS.token}`)),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

function shownTab() {
  const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem(TABS)) ?? {};
  return tabs?.[activeTabIndex];
}

function ownKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith('graphiql:'));
}
