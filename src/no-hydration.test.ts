import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { noHydration } from './no-hydration.ts';

const modules = path.join(import.meta.dirname, '../node_modules');
const file = path.join(modules, 'svelte/src/internal/client/dom/hydration.js');
const installed = readFileSync(file, 'utf8');

describe('Svelte without hydration', () => {
	test('the installed Svelte never takes a page over', async () => {
		const code = transform(installed, file) ?? '';
		const names = code.replaceAll(/^import [^]*?;$/gm, '');
		const made = (await import(`data:text/javascript,${encodeURIComponent(names)}`)) as {
			hydrating: boolean;
			set_hydrating: (value: boolean) => void;
		};
		made.set_hydrating(true);
		expect(made.hydrating).toBe(false);
		expect(code).toContain('/*#__NO_SIDE_EFFECTS__*/ export function reset(');
		expect(code).toContain('/*#__NO_SIDE_EFFECTS__*/ export function next(');
	});

	test('whatever else it exports stays', () => {
		const exported = (code: string | null) =>
			[...(code ?? '').matchAll(/export (?:let|const|function) (\w+)/g)].map(([, name]) => name);
		expect(exported(transform(installed, file))).toEqual(exported(installed));
	});

	test('another form of it is refused', () => {
		expect(() => transform(installed.replace('hydrating = value', 'hydrating = !!value'), file)).toThrow(
			'does not know',
		);
		expect(() => transform(installed.replace('function next(', 'function following('), file)).toThrow('does not know');
	});

	test('another file stays as it is', () => {
		expect(transform(installed, '/somewhere/else.js')).toBeNull();
	});

	test('no page is drawn before it is in the browser', () => {
		const layout = readFileSync(path.join(import.meta.dirname, 'routes/+layout.ts'), 'utf8');
		expect(layout).toMatch(/^export const ssr = false;$/m);
	});
});

function transform(code: string, id: string): string | null {
	return (noHydration.transform as (code: string, id: string) => { code: string } | null)(code, id)?.code ?? null;
}
