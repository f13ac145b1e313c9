import { newAgendaItem } from '#lib/domain/agenda.ts';
import { languages, type Language } from '#lib/domain/facts/calendar-words.ts';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyRoot } from './body.ts';
import { addAgendaItem } from './change-agenda.ts';
import { addResolution, addTask } from './change-minutes.ts';
import { writeBody } from './example-body.ts';
import { languageOfMinutes } from './minutes-language.ts';

const words = { de: 'Der Stand ist am Markt, und wir laden ein.', en: 'The stall is on the market, and we invite.' };

function languageOf(write: (minutes: Y.Doc, agenda: Y.Doc) => void): Language | null {
	const [minutes, agenda] = [new Y.Doc(), new Y.Doc()];
	write(minutes, agenda);
	return languageOfMinutes(minutes, agenda);
}

test.each(languages)('minutes are in the language of what is written in them, and of their agenda: %s', (language) => {
	const text = words[language];
	const wrote = [
		languageOf((doc) => writeBody(doc, bodyRoot('i1'), [text])),
		languageOf((doc) => addResolution(doc, { id: 'r', itemId: 'i1', text, status: 'draft' })),
		languageOf((doc) => addTask(doc, { id: 't', itemId: 'i1', text, personId: null, due: null, done: false })),
		languageOf((_, doc) => addAgendaItem(doc, { ...newAgendaItem, id: 'i1', title: text })),
	];
	expect(wrote).toEqual([language, language, language, language]);
});

test('a word of the other language changes nothing, and names alone say nothing', () => {
	expect(languageOf((doc) => writeBody(doc, bodyRoot('i1'), [words.de, 'Motto: “by the people”']))).toBe('de');
	expect(languageOf((doc) => writeBody(doc, bodyRoot('i1'), [words.en, 'Verein für alle']))).toBe('en');
	expect(languageOf((doc) => writeBody(doc, bodyRoot('i1'), ['Wahlbüro: 12 Plakate']))).toBeNull();
});
