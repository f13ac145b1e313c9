import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'mitschrift-main-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('compiled only, nothing is served or made, and what was compiled is there for the next start', () => {
	const [data, compiled] = [path.join(folder, 'data'), path.join(folder, 'compiled')];
	const env = { ...process.env, MITSCHRIFT_DATA: data, NODE_COMPILE_CACHE: compiled };
	const main = path.join(import.meta.dirname, 'main.ts');
	const { status, stdout, stderr } = spawnSync(process.execPath, [main, '--compile-only'], { env, timeout: 50_000 });
	expect([status, String(stdout), String(stderr)]).toEqual([0, '', '']);
	expect(existsSync(data)).toBe(false);
	expect(readdirSync(compiled, { recursive: true }).length).toBeGreaterThan(100);
});
