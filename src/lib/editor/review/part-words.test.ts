import type { FactSources } from '#lib/domain/facts/fact.ts';
import { expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { partWords, suggestionWords } from './part-words.ts';

test('what has no words of its own is told by those around it', () => {
	overwriteGetLocale(() => 'de');
	const said = (before: string, after: string) => partWords({ kind: 'break', place: { before, after } });
	expect(said('herzlich ein.', 'Bitte sagt')).toBe('neuer Absatz zwischen „… herzlich ein.“ und „Bitte sagt …“');
	expect(said('herzlich ein.', '')).toBe('neuer Absatz hinter „… herzlich ein.“');
	expect(said('', 'Bitte sagt')).toBe('neuer Absatz vor „Bitte sagt …“');
	expect(said('', '')).toBe('neuer Absatz');
});

test('of a fact its words are said as they stand in the text: what it shows now, else what it showed last', () => {
	overwriteGetLocale(() => 'de');
	const fact = { kind: 'meeting', of: 'm1', form: 'de.when', text: '', was: '2027-03-25T18:00' };
	const start = '2027-03-26T18:00';
	const sources = { meeting: () => ({ start, end: null, place: '', status: 'planned' }) } as unknown as FactSources;
	const kept = { ...fact, text: 'Do., 25. März 2027, 18 Uhr' };
	expect(partWords({ kind: 'fact-gone', fact: kept })).toBe('Fakt „Do., 25. März 2027, 18 Uhr“ löschen');
	expect(partWords({ kind: 'fact-gone', fact: kept }, sources)).toBe('Fakt „Fr., 26. März 2027, 18 Uhr“ löschen');
	expect(partWords({ kind: 'fact', fact })).toBe('Fakt „–“ einfügen');
	const told = [{ part: { kind: 'fact' as const, fact, clients: [] }, by: '' }];
	expect(suggestionWords(told, sources)).toBe('Fakt „Fr., 26. März 2027, 18 Uhr“ einfügen');
});
