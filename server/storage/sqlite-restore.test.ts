import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freeAside, replaceFile } from './sqlite-restore.ts';

let folder: string;
let file: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-aside-'));
	file = path.join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(content: string, name: string): string {
	writeFileSync(name, content);
	return name;
}

test('two restores in the same second keep both files that were there before, and what belonged to them', async () => {
	for (const content of ['original', 'wrong backup']) {
		put(content, file);
		put(`wal of ${content}`, `${file}-wal`);
		await replaceFile(file, put('staged', `${file}-restoring`), freeAside(`${file}-before-1`));
	}
	const kept = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]);
	expect(Object.fromEntries(kept)).toMatchObject({
		data: 'staged',
		'data-before-1': 'original',
		'data-before-1-wal': 'wal of original',
		'data-before-1-2': 'wrong backup',
		'data-before-1-2-wal': 'wal of wrong backup',
	});
});

test('what was put aside is never written over', async () => {
	put('now', file);
	const aside = put('kept', `${file}-before-1`);
	await expect(replaceFile(file, put('staged', `${file}-restoring`), aside)).rejects.toThrow(/EEXIST/);
	expect([file, aside].map((name) => readFileSync(name, 'utf8'))).toEqual(['now', 'kept']);
	put('wal of something', `${file}-before-2-wal`);
	expect(freeAside(`${file}-before-2`)).toBe(`${file}-before-2-2`);
});
