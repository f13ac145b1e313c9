/** Opens the store named by the first argument, writes one update, says so, and stays until it is killed. */
import { openSqliteStore } from '../../server/storage/sqlite.ts';

const store = openSqliteStore(process.argv[2] ?? '');
await store.append([{ name: 'agenda:a1', updates: [Uint8Array.of(1)] }]).durable;
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
