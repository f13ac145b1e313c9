import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { oneAtATime, staleAfter } from './one-at-a-time.js';

let folder: string;
let lock: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-lock-'));
	lock = path.join(folder, 'kit', 'preparing');
	vi.spyOn(console, 'log').mockImplementation(() => {});
});

afterEach(() => {
	vi.restoreAllMocks();
	rmSync(folder, { recursive: true });
});

test('the second begins when the first has ended, also when it failed, and says that it waits', async () => {
	const events: string[] = [];
	const failing = Promise.withResolvers<never>();
	const first = oneAtATime(lock, async () => {
		events.push('first begins');
		await failing.promise;
	});
	const second = oneAtATime(lock, async () => {
		events.push('second begins');
		return 'done';
	});
	expect(vi.mocked(console.log)).toHaveBeenCalledOnce();
	expect(events).toEqual(['first begins']);
	const failed = expect(first).rejects.toThrow('no network');
	failing.reject(new Error('no network'));
	await failed;
	expect(await second).toBe('done');
	expect(existsSync(lock)).toBe(false);
});

test('what a killed start left behind keeps nobody waiting', async () => {
	await oneAtATime(lock, async () => {});
	writeFileSync(lock, String(spawnSync(process.execPath, ['--version']).pid));
	expect(await oneAtATime(lock, async () => 'done')).toBe('done');
	expect(console.log).not.toHaveBeenCalled();
});

test('nor does one whose number another process has got meanwhile', async () => {
	await oneAtATime(lock, async () => {});
	writeFileSync(lock, String(process.pid));
	const long = new Date(Date.now() - staleAfter - 1000);
	utimesSync(lock, long, long);
	expect(await oneAtATime(lock, async () => 'done')).toBe('done');
	expect(console.log).not.toHaveBeenCalled();
});
