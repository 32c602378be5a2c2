// The peer on PostgreSQL: PostGraphile 5 with a function that takes the box (and that the planner can inline) and a
// view of our own table, so that rows, indices and cached pages are the same. On Node 20, PostGraphile 4 needs as much
// CPU time in Node and more in the database. Usage: postgraphile-peer.mjs DATABASE-URL PORT
import { createServer } from 'node:http';

import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

// The only features of Node 22 that PostGraphile 5 uses and Node 20 lacks.
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
