import type { Directory } from '#lib/documents/directory.ts';
import type { DocumentStatus } from '#lib/sync/contract.ts';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { App } from './app.svelte.ts';
import { Facts } from './facts.svelte.ts';

const locale = getLocale;
beforeAll(() => overwriteGetLocale(() => 'de'));
afterAll(() => overwriteGetLocale(locale));

const action = { id: 'r1', title: 'Stand', place: '', date: '2026-12-12', status: 'open' as const };
const directory: Directory = { bodies: [], branches: [], meetings: [], rosters: [action], bulletins: [], offices: [] };
const app = {
	directory,
	directoryHandle: { status: { loaded: true } as DocumentStatus, onStatus: () => () => {} },
	me: { id: 'p1', role: 'board' },
	people: [],
} as unknown as App;

test.each([
	['de', 'Sa., 12. Dezember 2026'],
	['en', 'Sat, 12 December 2026'],
] as const)('facts are offered in the language of the text, not of the device: %s', (language, text) => {
	const facts = new Facts(
		app,
		() => '2026-12-01',
		{ doc: new Y.Doc() },
		() => language,
	);
	expect(facts.choices.map((choice) => choice.text)).toEqual([text]);
});
