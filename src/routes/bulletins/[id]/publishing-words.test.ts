import { wayOf } from '#lib/domain/issue-way.ts';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { expect, test } from 'vitest';
import { wayText } from './publishing-words.ts';

const open = {
	hash: 'h',
	words: 'h',
	articles: 1,
	suggestions: { open: 2, accepted: 1, unread: 1 },
	approvals: [],
	needed: 2,
	page: null,
	published: null,
	me: 'ada',
};

test('with open suggestions one may ask for approval, and what is said above says what waits for them, not that all does', () => {
	overwriteGetLocale(() => 'en');
	expect(wayText(wayOf({ ...open, said: 'review', suggestions: { open: 1, accepted: 0, unread: 0 } }), 1)).toBe(
		'One suggestion is still open. Nothing is approved or published before it is accepted or rejected.',
	);
	overwriteGetLocale(() => 'de');
	const asks = wayOf({ ...open, said: 'draft' });
	expect(asks).toMatchObject({ next: 'ask', hindrance: 'suggestions' });
	expect(wayText(asks, 2)).toBe(
		'2 Vorschläge sind noch offen. Freigegeben und veröffentlicht wird erst, wenn sie angenommen oder abgelehnt sind.',
	);
});

test('what is accepted and still to be carried out is not said to be open, nor is what nobody can read', () => {
	overwriteGetLocale(() => 'de');
	const said = (accepted: number, unread: number) =>
		wayText(wayOf({ ...open, said: 'review', suggestions: { open: 0, accepted, unread } }), 0);
	expect(said(1, 0)).toBe(
		'Was angenommen ist, wird noch ausgeführt. Danach kann freigegeben und veröffentlicht werden.',
	);
	expect(said(1, 1)).toMatch(/lässt sich nicht lesen/);
});
