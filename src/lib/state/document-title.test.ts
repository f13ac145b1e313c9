import type { Directory } from '#lib/documents/directory.ts';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { beforeEach, expect, test } from 'vitest';
import { documentTitle } from './document-title.ts';

const directory: Directory = {
	bodies: [{ id: 'b', name: 'Stadtvorstand' }],
	branches: [],
	meetings: [
		{
			id: 'm1',
			bodyId: 'b',
			title: '',
			start: '2024-12-10T18:00',
			end: null,
			mode: 'inPerson',
			place: '',
			link: '',
			status: 'planned',
			invited: [],
			guests: [],
		},
	],
	rosters: [{ id: 'r1', title: 'Aktionstag', place: '', date: '2025-01-18', status: 'open' }],
	bulletins: [],
	offices: [],
};

beforeEach(() => overwriteGetLocale(() => 'de'));

test('a document is called by its kind and what it is of', () => {
	expect(documentTitle('minutes:m1', directory)).toBe('Protokoll · Stadtvorstand, Di., 10. Dezember 2024');
	expect(documentTitle('roster:r1', directory)).toBe('Schichtplan · Aktionstag, Sa., 18. Januar 2025');
	expect(documentTitle('directory:main', directory)).toBe('Verzeichnis');
});

test('what is gone or unknown has a name too', () => {
	expect(documentTitle('bulletin:x', directory)).toBe('Rundbrief · nicht mehr im Verzeichnis');
	expect(documentTitle('nonsense', directory)).toBe('Dokument');
});
