import {
	closeSync,
	fstatSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isJournal, removeSetUpLink, writeSetUpLink } from './set-up-link.ts';

let dataFolder: string;
beforeEach(() => {
	dataFolder = mkdtempSync(path.join(tmpdir(), 'mitschrift-link-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

test('the journal is known by what it is, and not by its name being set', () => {
	const journal = openSync(path.join(dataFolder, 'journal'), 'w');
	const terminal = openSync(path.join(dataFolder, 'terminal'), 'w');
	const { dev, ino } = fstatSync(journal);
	expect(isJournal(`${dev}:${ino}`, journal)).toBe(true);
	expect(isJournal(`${dev}:${ino}`, terminal)).toBe(false);
	for (const named of [undefined, '', `${dev}`, ':', `${ino}:${dev}`]) expect(isJournal(named, journal)).toBe(false);
	for (const each of [journal, terminal]) closeSync(each);
});

test('the file is its owner’s only, also where another one lay, and goes', () => {
	const before = path.join(dataFolder, 'set-up-link.txt');
	writeFileSync(before, 'http://localhost:3000/setup#older', { mode: 0o644 });
	const file = writeSetUpLink({ dataFolder }, 'http://localhost:3000/setup#token');
	expect([file, readFileSync(file, 'utf8')]).toEqual([before, 'http://localhost:3000/setup#token\n']);
	expect(statSync(file).mode & 0o777).toBe(0o600);
	removeSetUpLink({ dataFolder });
	removeSetUpLink({ dataFolder });
	expect(readdirSync(dataFolder)).toEqual([]);
});
