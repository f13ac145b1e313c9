import { expect, test } from 'vitest';
import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { partWords } from './part-words.ts';

test('what has no words of its own is told by those around it', () => {
	overwriteGetLocale(() => 'de');
	const said = (before: string, after: string) => partWords({ kind: 'break', place: { before, after } });
	expect(said('herzlich ein.', 'Bitte sagt')).toBe('neuer Absatz zwischen „… herzlich ein.“ und „Bitte sagt …“');
	expect(said('herzlich ein.', '')).toBe('neuer Absatz hinter „… herzlich ein.“');
	expect(said('', 'Bitte sagt')).toBe('neuer Absatz vor „Bitte sagt …“');
	expect(said('', '')).toBe('neuer Absatz');
});
