// What the storm sends: good requests, requests that were changed here and there, and what is no request at all.
const KINDS = [
  ['document', 25], ['mutated document', 35], ['mutated body', 12], ['bytes', 3], ['content type', 3], ['deep', 4], ['variables', 5],
  ['get', 4], ['path', 3], ['socket', 4], ['raw', 2],
];
const TYPES = ['text/plain', 'application/graphql', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', '', 'application/x-www-form-urlencoded', 'x'];
const PATHS = [
  '/media/%2e%2e/%00', '/media/x/original', '/uploads/x', '/uploads/%F0%9F%90%95?expires=1&signature=x', '/s/%00', '/s/abc', '/p/x', '/p/%C0%AF',
  '/webhooks/sms/inbound', '/webhooks/sms/status?sms=%00', '/assets/../Cargo.toml', '/assets/%2e%2e%2f', '/health/ready', '/nothing', '/graphql/', '//graphql',
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'];
const RAW = [
  'GET / HTTP/1.1\r\n\r\n', 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 18446744073709551616\r\n\r\n', 'GET /graphql?query=%FF HTTP/1.1\r\nhost: x\r\n\r\n',
  'POST /graphql HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n\r\nffffffffffffffff\r\n', '\u0016\u0003\u0001\u0002',
  'GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: x\r\n\r\n',
  `GET /${'x'.repeat(9_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, `GET / HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(200)}\r\n`, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
];
const SIGNS = ['{', '}', '(', ')', '[', ']', '"', '"""', '\\', ':', '!', '$', '@skip(if: true)', '...', 'null', '\u0000', '\ufeff', '#', '1e999', '-', '🐕', '&', '|', '=', ','];

export class Requests {
  tokens = [];

  constructor(documents, random) {
    this.documents = documents;
    this.random = random;
    this.wheel = KINDS.flatMap(([kind, weight]) => Array(weight).fill(kind));
  }

  /// The next request: its kind, method, path, headers and body; a socket has messages, a raw one text.
  next() {
    const kind = this.random.one(this.wheel);
    const request = { kind, method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', ...this.caller() } };
    return { ...request, ...this[kind.replace(' ', '_')]() };
  }

  caller() {
    if (this.random.percent(20)) {
      return {};
    }
    return { authorization: this.random.percent(95) ? `Bearer ${this.random.one(this.tokens)}` : this.mutated('Bearer abc.def.ghi') };
  }

  document() {
    return { body: JSON.stringify(this.documents.valid()) };
  }

  mutated_document() {
    const { query, variables } = this.documents.valid();
    return { body: JSON.stringify({ query: this.mutated(query), variables }) };
  }

  mutated_body() {
    return { body: this.mutated(JSON.stringify(this.documents.valid())) };
  }

  bytes() {
    return { body: Buffer.from(Array.from({ length: this.random.below(3_000) }, () => this.random.below(256))) };
  }

  content_type() {
    return { headers: { 'content-type': this.random.one(TYPES), ...this.caller() }, body: JSON.stringify(this.documents.valid('query')) };
  }

  deep() {
    const levels = this.random.one([10, 61, 127, 128, 1_000, 20_000]);
    const nest = (open, inner, close) => open.repeat(levels) + inner + close.repeat(levels);
    return {
      body: this.random.one([
        () => nest('[', '', ']'),
        () => `{"query":"{ viewer { email } }","variables":${nest('{"a":', '1', '}')}}`,
        () => JSON.stringify({ query: nest('{ viewer ', '{ email }', '}') }),
        () => JSON.stringify({ query: `{ pets(filter: ${nest('{ area: ', '1', '}')}) { totalCount } }` }),
        () => JSON.stringify({ query: `query ($a: ${nest('[', 'Int', ']')}) { viewer { email } }` }),
      ])(),
    };
  }

  /// A good document whose variables are of other types.
  variables() {
    const { query, variables } = this.documents.valid();
    const odd = () => this.random.one([null, true, 1e308, '9'.repeat(400), [], {}, [[[]]], { a: { b: 1 } }, -0, 'x', this.random.one(this.documents.ids)]);
    const changed = Object.entries(variables).map(([name, value]) => [name, this.random.percent(60) ? odd() : value]);
    const body = JSON.stringify({ query, variables: Object.fromEntries(changed) });
    return { body: this.random.percent(20) ? body.replace(/:-?\d+/, ':1e9999') : body };
  }

  get() {
    const { query, variables } = this.documents.valid();
    const parameters = new URLSearchParams({ query: this.random.percent(50) ? query : this.mutated(query), variables: JSON.stringify(variables) });
    return { method: 'GET', path: `/graphql?${parameters}`, headers: this.caller() };
  }

  path() {
    const method = this.random.one(METHODS);
    const path = this.random.one(PATHS) + (this.random.percent(30) ? `?${encodeURIComponent(this.mutated('a=b&c=d').toWellFormed())}` : '');
    const body = ['GET', 'HEAD'].includes(method) ? undefined : this.mutated('MessageSid=SM1&From=%2B15125550143&Body=STOP');
    return { method, path, headers: { 'content-type': this.random.one(TYPES) || 'x', 'x-twilio-signature': 'eA==' }, body };
  }

  socket() {
    const token = this.random.percent(80) ? { authorization: `Bearer ${this.random.one(this.tokens)}` } : { authorization: 7 };
    const subscribe = () => ({ id: `${this.random.below(5)}`, type: 'subscribe', payload: this.documents.valid(this.random.one(['subscription', 'query', 'mutation'])) });
    const others = [{ type: 'ping' }, { type: 'pong', payload: {} }, { id: '1', type: 'complete' }, { type: 'x' }, [], { id: 'x'.repeat(200), type: 'subscribe' }];
    const messages = Array.from({ length: 1 + this.random.below(5) }, () => JSON.stringify(this.random.percent(70) ? subscribe() : this.random.one(others)));
    const changed = messages.map((message) => (this.random.percent(25) ? this.mutated(message) : message));
    return { messages: this.random.percent(90) ? [JSON.stringify({ type: 'connection_init', payload: token }), ...changed] : changed };
  }

  raw() {
    const text = this.random.one(RAW);
    return { text: this.random.percent(50) ? text : this.mutated(text) };
  }

  /// A text with one to five changes.
  mutated(text) {
    let changed = text;
    for (let times = 1 + this.random.below(5); times > 0; times -= 1) {
      changed = this.change(changed);
    }
    return changed.slice(0, 200_000);
  }

  change(text) {
    const { random } = this;
    const from = random.below(text.length + 1);
    const to = Math.min(text.length, from + random.below(2 ** random.below(8)));
    const piece = text.slice(from, to);
    const put = (middle) => text.slice(0, from) + middle + text.slice(to);
    return random.one([
      () => put(''),
      () => put(piece.repeat(1 + random.below(2 ** random.below(7)))),
      () => put(piece + random.one(SIGNS)),
      () => put(random.one(SIGNS)),
      () => put(random.one(this.documents.names)),
      () => put(String.fromCodePoint(random.below(0xd7ff))),
      () => put([...piece].reverse().join('')),
      () => text.slice(0, from),
      () => put(String(random.one([0, -1, 1e21, 2 ** 31, 2 ** 53, 0.1]))),
    ])();
  }
}
