// SPDX-License-Identifier: Apache-2.0
// node serve.mjs [--port N] [--host H] [FOLDER]: serves build/demo as a strict static host would.
// Takes the next free port when N is in use. Ctrl-C ends it.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listen } from './static-server.mjs';

const { values, positionals } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
  },
  allowPositionals: true,
});
const folder = positionals[0] ?? fileURLToPath(new URL('../build/demo', import.meta.url));
const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`--port takes a number from 0 to 65535, not "${values.port}"`);
  process.exit(2);
}
const { url, close } = await listen(folder, { port, host: values.host });
console.log(`Mayfly demo: ${url} (Ctrl-C ends it)`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => close().then(() => process.exit(0)));
}
