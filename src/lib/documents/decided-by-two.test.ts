/** Two who decide the same, unseen by each other, and both take it back: it is suggested again, as it was. */
import { beforeEach, describe, expect, test } from 'vitest';
import { bodyName, gather, type Suggester } from '../../../tests/support/suggesters.ts';
import { backspace, enter } from '#lib/editor/commands.ts';
import { readSuggestions } from './read-suggestions.ts';
import { readRichBody, isText } from './rich-body.ts';
import { settleBody } from './settle.ts';
import { readJoin } from './suggestion.ts';
import { decideTogether, type Decided } from './together.ts';

let people: Suggester[];
let [a, b, author]: Suggester[] = [];
let begun: ReturnType<typeof shape>;

beforeEach(() => {
	people = gather(['A', 'B', 'author'], { now: 1_700_000_000_000 });
	[a, b, author] = people;
	const { editor } = the(author);
	editor.type('eins zwei');
	editor.run(enter);
	editor.type('drei vier');
	the(author).mode('suggest');
});

function the(person: Suggester | undefined): Suggester {
	if (!person) throw new Error('nobody');
	return person;
}

const suggest = {
	'a join': ({ editor }: Suggester) => {
		editor.goTo('drei', false);
		editor.run(backspace);
	},
};

/** Each paragraph with whether it is to be joined, and its words with the kinds of their marks. */
function shape({ doc }: Suggester) {
	return readRichBody(doc, bodyName).map(({ attrs, content }) => {
		const join = readJoin(attrs.join);
		const words = content.filter(isText).map(({ text, marks }) => {
			return [text, ...new Set(marks.map(({ type }) => type))].join(' ');
		});
		return [join && (join.accepted ? 'accepted' : 'open'), ...words];
	});
}

function apart(): void {
	for (const person of people) person.goOffline();
}

function together(): void {
	for (const person of people) person.comeBack();
}

function accept(person: Suggester): Decided {
	return decideTogether(person.doc, readSuggestions(person.doc, bodyName), 'accept');
}

function expectBegun(): void {
	for (const person of people) expect(shape(person)).toEqual(begun);
	// Nothing waits to be carried out.
	settleBody(the(a).doc, bodyName);
	for (const person of people) expect(shape(person)).toEqual(begun);
}

describe.each(Object.entries(suggest))('%s', (_kind, make) => {
	describe.each(['nobody', 'the one', 'the other'] as const)('that %s carries out', (carriesOut) => {
		let [one, other]: Decided[] = [];
		const takeBack = (decided: Decided | undefined) => decided?.undo();

		beforeEach(() => {
			make(the(author));
			begun = shape(the(author));
			apart();
			[one, other] = [accept(the(a)), accept(the(b))];
			together();
			const who = carriesOut === 'the one' ? a : carriesOut === 'the other' ? b : null;
			if (who) expect(settleBody(who.doc, bodyName)).toBe(true);
		});

		test('the one takes it back first', () => {
			takeBack(one);
			takeBack(other);
			expectBegun();
		});

		test('the other takes it back first', () => {
			takeBack(other);
			takeBack(one);
			expectBegun();
		});

		test('both take it back unseen by each other', () => {
			apart();
			takeBack(one);
			takeBack(other);
			together();
			expectBegun();
		});

		test('it is accepted again, and that is taken back', () => {
			takeBack(one);
			takeBack(other);
			const again = accept(the(a));
			settleBody(the(a).doc, bodyName);
			expect(shape(the(b))).toEqual([[null, 'eins zweidrei vier']]);
			expect(again.undo()).toBe('all');
			expectBegun();
		});
	});
});

test('a join that is accepted, taken back and accepted again, while another accepts it', () => {
	suggest['a join'](the(author));
	begun = shape(the(author));
	const { editor } = the(b);
	accept(the(b));
	editor.undo();
	expectBegun();
	apart();
	accept(the(a));
	editor.redo();
	expect(shape(the(b))[1]).toEqual(['accepted', 'drei vier']);
	together();
	editor.undo();
	the(a).editor.undo();
	expectBegun();
});

test('what another has accepted, too, stays accepted when one takes it back beside something else', () => {
	suggest['a join'](the(author));
	the(author).editor.goTo('eins');
	the(author).editor.type(' neu');
	apart();
	const decided = accept(the(a));
	the(b).decide('accept', ({ id }) => id === joinId(the(b)));
	together();
	expect(decided.undo()).toBe('some');
	for (const person of people)
		expect(shape(person)).toEqual([
			[null, 'eins', ' neu ins', ' zwei'],
			['accepted', 'drei vier'],
		]);
});

function joinId({ doc }: Suggester): string | undefined {
	return readSuggestions(doc, bodyName).find(({ parts }) => parts.some(({ kind }) => kind === 'join'))?.id;
}
