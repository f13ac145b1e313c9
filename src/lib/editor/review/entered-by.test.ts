/** A person's words are told from those that another's device wrote into their suggestion, however that was done. */
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { getLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace, toggleLevel } from '../commands.ts';
import { tellSuggestion, type Told } from './entered-by.ts';

const people = new Map<number, string | null>([
	[1, 'A'],
	[2, 'B'],
]);
const known = {
	nameOf: (id: string) => id,
	personOf: (by: string) => by,
	authorOf: (client: number) => people.get(client),
};
const clock = { now: 1_700_000_000_000 };

const locale = getLocale;
let a: Suggester;
let b: Suggester;

beforeEach(() => {
	overwriteGetLocale(() => 'de');
	[a, b] = gather(['A', 'B'], clock) as [Suggester, Suggester];
	a.editor.type('eins drei');
	for (const person of [a, b]) person.mode('suggest');
});

afterEach(() => overwriteGetLocale(locale));

function told(): Told[] {
	return readSuggestions(a.doc, bodyName).map((each) => tellSuggestion(each, known));
}

/** `A: [word] who? …` for each suggestion. */
function lines(): string[] {
	return told().map(({ author, parts }) => {
		const words = parts.map(({ part, by }) => `${by} ${'text' in part ? part.text : part.kind}`.trim());
		return `${author}: ${words.join(' | ')}`;
	});
}

function textOf({ body }: Suggester): Y.XmlText {
	return (body.get(0) as Y.XmlElement).get(0) as Y.XmlText;
}

function suggestZwei(): void {
	a.editor.goTo('eins ');
	a.editor.type('zwei ');
}

/** The key and value under which a mark of this kind is stored. */
function storedMark(person: Suggester, name: string): [string, unknown] {
	for (const { attributes } of textOf(person).toDelta() as { attributes?: Record<string, unknown> }[]) {
		const found = Object.entries(attributes ?? {}).find(([key]) => key.startsWith(`${name}--`));
		if (found) return found;
	}
	throw new Error(`no ${name}`);
}

describe('a suggestion', () => {
	test('is only of whose device wrote it', () => {
		suggestZwei();
		a.editor.selectWords('drei');
		a.editor.run(backspace);
		expect(lines()).toEqual(['A: zwei | drei']);
	});

	test('written on two devices of a person is one', () => {
		people.set(3, 'A');
		suggestZwei();
		a.doc.clientID = 3;
		a.editor.goTo('zw');
		a.editor.type('w');
		expect(lines()).toEqual(['A: zwwei']);
	});

	test('in which another goes on tells the two apart', () => {
		suggestZwei();
		b.editor.goTo('zw');
		b.editor.type('öl');
		expect(lines()).toEqual(['A, teils eingetragen von B: zw | von B: öl | ei', 'B: öl']);
	});

	test('of which nobody knows who wrote it is claimed, as long as no other is known', () => {
		suggestZwei();
		const nothing = { ...known, authorOf: () => undefined };
		expect(readSuggestions(a.doc, bodyName).map((each) => tellSuggestion(each, nothing).author)).toEqual(['A']);
		const nobody = { ...known, authorOf: () => null };
		expect(readSuggestions(a.doc, bodyName).map((each) => tellSuggestion(each, nobody).author)).toEqual([
			'A (nicht belegt)',
		]);
	});
});

describe('whom a file names', () => {
	/** A file that names A, brought by whoever has this client. */
	function bring(client: number): void {
		const ins = { by: 'word:A', at: clock.now, id: 'w' };
		a.doc.clientID = client;
		textOf(a).insert(0, 'neu ', { 'ins--AAAAAAAA': ins });
	}
	const oneA = { ...known, personOf: (by: string) => by.replace('word:', '') };
	const told = () => readSuggestions(a.doc, bodyName).map((each) => tellSuggestion(each, oneA));

	test('is said once where they brought it themselves', () => {
		bring(1);
		expect(told()).toMatchObject([{ author: 'word:A', parts: [{ by: '' }] }]);
	});

	test('and with who brought it where that is another', () => {
		bring(2);
		expect(told()).toMatchObject([{ author: 'word:A, eingetragen von B' }]);
	});

	test('and with who wrote into it', () => {
		bring(1);
		a.doc.clientID = 2;
		textOf(a).insert(2, 'x', { 'ins--AAAAAAAA': { by: 'word:A', at: clock.now, id: 'w' } });
		expect(told()).toMatchObject([{ author: 'word:A, teils eingetragen von B' }]);
	});
});

describe('who forges', () => {
	beforeEach(() => suggestZwei());

	test('words in the midst of another’s insertion is named at them', () => {
		const [key, value] = storedMark(b, 'ins');
		textOf(b).insert(7, 'und fünf', { [key]: value as object });
		expect(lines()).toEqual(['A, teils eingetragen von B: zw | von B: und fünf | ei']);
	});

	test('words at the edge of another’s insertion is named at them', () => {
		const [key, value] = storedMark(b, 'ins');
		textOf(b).insert(10, 'und ', { [key]: value as object });
		expect(lines()).toEqual(['A, teils eingetragen von B: zwei | von B: und']);
	});

	test('a mark before the genuine one of the same key is named', () => {
		const [key, value] = storedMark(b, 'ins');
		textOf(b).format(0, 3, { [key]: value as object });
		expect(lines()).toEqual(['A, teils eingetragen von B: von B: ein | zwei']);
	});

	test('a mark over what another wrote directly is named', () => {
		const [, value] = storedMark(b, 'ins');
		textOf(b).format(0, 3, { 'ins--AAAAAAA=': { ...(value as object), id: 'new' } });
		expect(lines()).toContain('A, eingetragen von B: ein');
	});

	test('a strike that reaches further than it did is named', () => {
		a.editor.selectWords('drei');
		a.editor.run(backspace);
		const [key, value] = storedMark(b, 'del');
		b.doc.transact(() => textOf(b).insert(textOf(b).length, ' vier', { [key]: null }));
		textOf(b).format(12, textOf(b).length - 12, { [key]: value as object });
		expect(lines().join()).toContain('von B: drei vier');
	});

	test('a mark without an end is not believed', () => {
		const text = textOf(b);
		b.doc.transact((transaction) => {
			for (let item = text._start; item; item = item.right)
				if (item.content instanceof Y.ContentFormat && item.content.value === null) item.delete(transaction);
		});
		expect(lines().join()).toContain('nicht belegt');
	});

	test('what a heading is to be is named', () => {
		a.editor.run(toggleLevel(2));
		expect(lines()).toEqual(['A: form', 'A: zwei']);
		const block = b.body.get(0) as Y.XmlElement;
		block.setAttribute('chg:A', String(block.getAttribute('chg:A')).replace('"level":2', '"level":1'));
		expect(lines()).toEqual(['A, eingetragen von B: form', 'A: zwei']);
	});

	test('which fact is to be inserted is named', () => {
		const fact = new Y.XmlElement('fact');
		const [, value] = storedMark(a, 'ins');
		fact.setAttribute('of', 'mine');
		fact.setAttribute('ins', JSON.stringify(value));
		(a.body.get(0) as Y.XmlElement).insert(1, [fact]);
		expect(lines()).toEqual(['A: zwei | fact']);
		((b.body.get(0) as Y.XmlElement).get(1) as Y.XmlElement).setAttribute('of', 'another');
		expect(lines()).toEqual(['A, teils eingetragen von B: zwei | von B: fact']);
	});
});
