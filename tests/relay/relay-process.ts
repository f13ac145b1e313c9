/** A relay as a process of its own: `relay-process.ts <data file>`. Says its port on standard output. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRelay } from '../../server/relay/relay.ts';
import { openStore } from '../../server/storage/store-files.ts';

const store = await openStore(process.argv[2] ?? '');
const relay = createRelay({
	store,
	admit: async () => ({ ok: true, personId: 'ada', sessionId: 's', access: 'write' }),
	log: () => {},
});
const server = createServer().on('upgrade', relay.handleUpgrade);
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.on('SIGTERM', async () => {
	await relay.close();
	await store.close();
	process.exit(0);
});
