import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainIcons } from './plain-icons.ts';

const icons = path.join(import.meta.dirname, '../node_modules/@lucide/svelte/dist/icons');

describe('icons', () => {
	test('every icon that is used is in the form that is made small', () => {
		const used = usedIcons(import.meta.dirname);
		expect(used.length).toBeGreaterThan(40);
		expect(used.filter((name) => !transformed(name)?.includes('drawnIcon([['))).toEqual([]);
	});

	test('its shapes are those of the original', () => {
		expect(transformed('trash-2')).toContain('["path",{"d":"M3 6h18"}]');
	});

	test('another file stays as it is', () => {
		expect(transform('export { default } from "./x.svelte";', '/somewhere/x.js')).toBeNull();
	});
});

function transformed(name: string): string | undefined {
	const file = path.join(icons, `${name}.js`);
	return transform(readFileSync(file, 'utf8'), file)?.code;
}

function transform(code: string, id: string): { code: string } | null {
	return (plainIcons.transform as (code: string, id: string) => { code: string } | null)(code, id);
}

function usedIcons(folder: string): string[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		/\.(svelte|ts)$/.test(file),
	);
	const names = files.flatMap((file) => {
		const code = readFileSync(path.join(folder, file), 'utf8');
		return [...code.matchAll(/from '@lucide\/svelte\/icons\/([\w-]+)'/g)].map(([, name = '']) => name);
	});
	return [...new Set(names)];
}
