/** Two who decide the same, unseen by each other, and both take it back: it is suggested again, as it was. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { bodyName, gather, type Suggester } from '../../../tests/support/suggesters.ts';
import { backspace, enter, toggleFormat } from '#lib/editor/commands.ts';
import { schema } from '#lib/editor/schema.ts';
import { readSuggestions } from './read-suggestions.ts';
import { isText, readRichBody, type RichNode } from './rich-body.ts';
import type { Verdict } from './review.ts';
import { settleBody } from './settle.ts';
import { readJoin } from './suggestion.ts';
import { decideTogether, type Decided } from './together.ts';
import { removeTwins } from './twins.ts';

let people: Suggester[];
let [a, b, author]: Suggester[] = [];
let begun: ReturnType<typeof shape>;

/** A first decision loads what two of them need. */
beforeAll(async () => {
	decideTogether(new Y.Doc(), [], 'accept');
	await vi.dynamicImportSettled();
});

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

const suggest: Record<string, (by: Suggester) => void> = {
	'a join': ({ editor }) => {
		editor.goTo('drei', false);
		editor.run(backspace);
	},
	'a new paragraph': ({ editor }) => {
		editor.goTo('zwei', false);
		editor.run(enter);
	},
	'what is struck': ({ editor }) => {
		editor.selectWords('drei');
		editor.run(backspace);
	},
	'what is struck, half of it bold': (by) => {
		by.mode('edit');
		by.editor.selectWords('re');
		by.editor.run(toggleFormat(schema.marks.strong));
		by.mode('suggest');
		suggest['what is struck']?.(by);
	},
	'what two wrote alike and is struck': (by) => {
		the(b).editor.goTo('drei');
		the(b).editor.type('drei');
		by.editor.selectWords('dreidrei');
		by.editor.run(backspace);
	},
	'a word': ({ editor }) => {
		editor.goTo('zwei');
		editor.type(' neu');
	},
	'a word in the place of another': ({ editor }) => {
		editor.selectWords('zwei');
		editor.type('neu');
	},
	'all of it': (by) => {
		for (const kind of ['a join', 'a new paragraph']) suggest[kind]?.(by);
		by.editor.selectWords('vier');
		by.editor.run(backspace);
		by.editor.goTo('drei');
		by.editor.type(' neu');
	},
	'a rule and a fact that go': ({ body }) => {
		const going = JSON.stringify({ by: 'author', at: 1, id: 'going' });
		const rule = new Y.XmlElement('rule');
		const fact = new Y.XmlElement('fact');
		for (const node of [rule, fact]) node.setAttribute('del', going);
		(body.get(1) as Y.XmlElement).insert(1, [fact]);
		body.insert(1, [rule]);
	},
};

/** Each paragraph with whether it is to be joined, and its words with the kinds of their marks. */
function shape({ doc }: Suggester) {
	return readRichBody(doc, bodyName).map(({ name, attrs, content }) => {
		const join = readJoin(attrs.join);
		const words = content.map((child) => {
			return isText(child) ? [child.text, ...new Set(child.marks.map(({ type }) => type))].join(' ') : said(child);
		});
		return [name === 'paragraph' ? join && (join.accepted ? 'accepted' : 'open') : said({ name, attrs }), ...words];
	});
}

function said({ name, attrs }: Pick<RichNode, 'name' | 'attrs'>): string {
	return attrs.del == null ? name : `${name} del`;
}

function apart(): void {
	for (const person of people) person.goOffline();
}

function together(): void {
	for (const person of people) person.comeBack();
}

function decide(person: Suggester | undefined, verdict: Verdict = 'accept'): Decided {
	const { doc } = the(person);
	return decideTogether(doc, readSuggestions(doc, bodyName), verdict);
}

/** As a device does (`editor/review/settling.ts`). */
function carryOut(person: Suggester | undefined): boolean {
	const { doc, body } = the(person);
	removeTwins(body);
	return settleBody(doc, bodyName);
}

/** What waits is the same once somebody carries out what there is to carry out. */
function expectBegun(): void {
	expect(carryOut(a)).toBe(false);
	for (const person of people) expect(shape(person)).toEqual(begun);
}

const cases = Object.keys(suggest).flatMap((kind) =>
	(['accept', 'reject'] as const).map((verdict) => [kind, verdict] as const),
);

describe.each(cases)('%s: %s', (kind, verdict) => {
	describe.each(['nobody', 'the one', 'the other'] as const)('%s carries out what there is', (carriesOut) => {
		let [one, other]: Decided[] = [];
		const takeBack = (decided: Decided | undefined) => decided?.undo();

		beforeEach(() => {
			suggest[kind]?.(the(author));
			begun = shape(the(author));
			apart();
			[one, other] = [decide(a, verdict), decide(b, verdict)];
			together();
			const who = carriesOut === 'the one' ? a : carriesOut === 'the other' ? b : null;
			if (who) carryOut(who);
			expect(shape(the(author))).not.toEqual(begun);
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

		test('both take it back before they hear of each other, and it is decided again', () => {
			apart();
			takeBack(one);
			takeBack(other);
			together();
			expectBegun();
			const again = decide(a, verdict);
			carryOut(a);
			expect(shape(the(b))).not.toEqual(begun);
			expect(readSuggestions(the(b).doc, bodyName)).toEqual([]);
			expect(again.undo()).toBe('all');
			expectBegun();
		});
	});

	test('both take it back before they hear of the decision', () => {
		suggest[kind]?.(the(author));
		begun = shape(the(author));
		apart();
		for (const person of [a, b]) decide(person, verdict).undo();
		together();
		expectBegun();
	});
});

test('a join that is accepted, taken back and accepted again, while another accepts it', () => {
	suggest['a join']?.(the(author));
	begun = shape(the(author));
	const { editor } = the(b);
	decide(b);
	editor.undo();
	expectBegun();
	apart();
	decide(a);
	editor.redo();
	expect(shape(the(b))[1]).toEqual(['accepted', 'drei vier']);
	together();
	editor.undo();
	the(a).editor.undo();
	expectBegun();
});

test('what another has accepted, too, stays accepted when one takes it back beside something else', () => {
	suggest['a join']?.(the(author));
	the(author).editor.goTo('eins');
	the(author).editor.type(' neu');
	apart();
	const decided = decide(a);
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

test('a paragraph stays: somebody may be writing in it', () => {
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.setAttribute('ins', JSON.stringify({ by: 'author', at: 1, id: 'coming' }));
	the(author).body.insert(1, [paragraph]);
	apart();
	for (const person of [a, b]) decide(person, 'reject').undo();
	together();
	carryOut(a);
	expect(the(author).body.length).toBe(4);
});

test('what reads as what stands before it comes back', () => {
	for (const person of [author, b]) {
		the(person).mode('edit');
		the(person).editor.goTo('vier');
		the(person).editor.type('vier');
	}
	the(author).mode('suggest');
	the(author).editor.select(the(author).editor.find('viervier') + 8, the(author).editor.find('viervier') + 12);
	the(author).editor.run(backspace);
	begun = shape(the(author));
	decide(a).undo();
	expect(begun[1]).toEqual([null, 'drei viervier', 'vier del']);
	expectBegun();
});

test('what another writes within what goes does not stand for it', () => {
	suggest['a word']?.(the(author));
	apart();
	the(b).editor.goTo(' ne');
	the(b).editor.type('X');
	const decided = decide(a, 'reject');
	together();
	decided.undo();
	expect(shape(the(author))).toEqual([
		[null, 'eins zwei', ' neXu ins'],
		[null, 'drei vier'],
	]);
});

describe('who writes the same as another before what goes later keeps it', () => {
	beforeEach(() => {
		the(author).editor.goTo('zwei');
		the(author).editor.type('Pae');
	});

	function write(person: Suggester | undefined, behind: string, letter = 's'): void {
		the(person).editor.goTo(behind);
		the(person).editor.type(letter);
	}

	function expectBoth(): void {
		the(author).editor.select(the(author).editor.find('Passe') + 4, the(author).editor.find('Passe') + 5);
		the(author).editor.run(backspace);
		carryOut(a);
		expect(the(a).editor.lines[0]).toBe('eins zweiPass');
	}

	test('one after the other, directly within what a third suggests', () => {
		write(a, 'Pa');
		write(b, 'Pas');
		expectBoth();
	});

	test('unseen by each other, directly within what a third suggests, as long as that stays', () => {
		apart();
		for (const person of [a, b]) write(person, 'Pa');
		together();
		carryOut(a);
		expect(the(author).editor.lines[0]).toBe('eins zweiPasse');
	});

	test('unseen by each other, directly within what a third suggests, and something else', () => {
		apart();
		write(a, 'Pa', 's');
		write(b, 'Pa', 't');
		together();
		the(author).editor.select(the(author).editor.find('Pa') + 4, the(author).editor.find('Pa') + 5);
		the(author).editor.run(backspace);
		carryOut(a);
		expect(the(a).editor.lines[0]).toMatch(/^eins zweiPa(st|ts)$/);
	});

	test('unseen by each other, as suggestions of their own', () => {
		for (const person of [a, b]) the(person).mode('suggest');
		apart();
		for (const person of [a, b]) write(person, 'Pa');
		together();
		expectBoth();
	});

	test('unseen by each other, directly where nothing is suggested', () => {
		the(author).decide('accept');
		the(author).mode('edit');
		apart();
		for (const person of [a, b]) write(person, 'Pa');
		together();
		expectBoth();
	});
});
