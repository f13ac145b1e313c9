/** What a medium makes of a backup; with the commands it is in `tests/relay/backup.test.ts`. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRandom } from '../../tests/support/random.ts';
import { openAccounts } from '../accounts/accounts.ts';
import { endWithDigest, takeDigestOff } from './digest.ts';
import { backUpFile } from './sqlite-backup.ts';
import { stageBackup } from './sqlite-restore.ts';
import { openStore } from './store-files.ts';

let folder: string;
let file: string;
let backup: string;
let whole: Buffer;

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-digest-'));
	file = path.join(folder, 'data.sqlite');
	backup = path.join(folder, 'backup.sqlite');
	await write('agenda:a1');
	openAccounts(file).close();
	await backUpFile(file, backup);
	whole = readFileSync(backup);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function write(name: 'agenda:a1' | 'agenda:a2'): Promise<void> {
	const store = await openStore(file);
	await store.append([{ name, updates: [new Uint8Array(20_000).fill(97)] }]).durable;
	await store.close();
}

async function outcome(bytes: Buffer): Promise<string> {
	writeFileSync(backup, bytes);
	return stageBackup(backup, file, null).then(
		({ documents, compared }) => `${documents}, ${compared ? 'compared' : 'not compared'}`,
		({ message }: Error) => message,
	);
}

const damaged = () => `${backup} is damaged or not whole`;

test('a backup in which one bit has changed is refused, wherever that is; as it was it is taken', async () => {
	const random = createRandom(7);
	const end = Array.from({ length: 84 }, (_, index) => whole.length - 1 - index);
	const header = Array.from({ length: 100 }, (_, index) => index);
	const places = [...header, ...end, ...Array.from({ length: 200 }, () => random.nat(whole.length))];
	const taken = [];
	for (const place of places) {
		const changed = Buffer.from(whole);
		changed.writeUInt8(changed.readUInt8(place) ^ (1 << random.nat(8)), place);
		if ((await outcome(changed)) !== damaged()) taken.push(place);
	}
	expect(taken).toEqual([]);
	expect(await outcome(whole)).toBe('1, compared');
});

test('a backup that was cut off is refused, just before its digest too; what has more behind it is', async () => {
	for (const left of [100, 4096, whole.length >> 1, whole.length - 4096, whole.length - 84, whole.length - 1])
		expect([left, await outcome(whole.subarray(0, left))]).toEqual([left, damaged()]);
	expect(await outcome(whole.subarray(0, 0))).toContain(`${backup} is not a backup of Mitschrift`);
	expect(await outcome(Buffer.concat([whole, Buffer.from('\n')]))).toBe(damaged());
});

test('a backup without a digest, as it was made before there were any, is taken and said to be so', async () => {
	await takeDigestOff(backup, backup);
	expect(await outcome(readFileSync(backup))).toBe('1, not compared');
});

test('a file that ended with a digest gets one for what it is now, and only one', async () => {
	await endWithDigest(backup);
	expect(readFileSync(backup).equals(whole)).toBe(true);
});

test('a backup that was copied over the data by hand and written on is a data file as any other', async () => {
	rmSync(`${file}-log`, { recursive: true });
	copyFileSync(backup, file);
	await write('agenda:a2');
	const again = path.join(folder, 'again.sqlite');
	copyFileSync(file, again);
	expect(await takeDigestOff(again, again)).toBe(false);
});
