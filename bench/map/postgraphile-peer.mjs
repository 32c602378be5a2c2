// The peer on PostgreSQL: PostGraphile 5 over a function that takes the box and that PostgreSQL's planner looks through, with
// a view on our own table, so that rows, indices and cached pages are the same. On Node 20 PostGraphile 4 needs as much
// processor time in Node and more in the database. Usage: postgraphile-peer.mjs DATABASE-URL PORT
import { createServer } from 'node:http';

import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

// All that PostGraphile 5 uses of Node 22 and Node 20 does not have.
Promise.withResolvers ??= function withResolvers() {
  let settle;
  const promise = new this((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...settle };
};

const [connectionString, port] = process.argv.slice(2);
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString, schemas: ['peer'] })],
  grafserv: { graphiql: false, watch: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), '127.0.0.1');
