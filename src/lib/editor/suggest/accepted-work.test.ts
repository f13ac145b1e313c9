/** What was suggested and another has accepted stays whole, whatever its author takes back then. */
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { Selection, TextSelection } from 'prosemirror-state';
import { beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../../../tests/support/random.ts';
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { backspace, enter, toggleFormat, toggleList } from '../commands.ts';
import { plainParagraph, schema } from '../schema.ts';
import { withForms } from './paste-forms.ts';
import { asItIs } from './suggesting.ts';

const clock = { now: 1_700_000_000_000 };
const before = ['Anna Berta Caesar.', 'Dora Emil Fritz.'];
const link = schema.marks.link.create({ href: 'https://example.org/' });
let a: Suggester;
let b: Suggester;

beforeEach(begin);

function begin(): void {
	[a, b] = gather(['A', 'B'], clock) as [Suggester, Suggester];
	before.forEach((line, at) => {
		if (at > 0) a.editor.run(enter);
		a.editor.type(line);
	});
	for (const [words, mark] of [
		['Berta', schema.marks.strong.create()],
		['Emil', link],
	] as const) {
		const at = a.editor.find(words);
		a.editor.dispatch(a.editor.state.tr.addMark(at, at + words.length, mark));
	}
	a.mode('suggest');
	a.editor.undoManager.clear();
}

function line(text: string, form: Partial<typeof plainParagraph> = {}, marks: readonly Mark[] = []): Node {
	return schema.nodes.paragraph.create({ ...plainParagraph, ...form }, text === '' ? [] : [schema.text(text, marks)]);
}

const fact = () =>
	schema.nodes.fact.create({ kind: 'meeting', of: 'm1', form: 'de.date', text: 'FAKT', was: '2025-01-09' });
const kinds: Readonly<Record<string, () => Node[]>> = {
	'a heading and a list': () => [
		line('Titel', { level: 1 }),
		line('eins', { list: 'bullet' }),
		line('zwei', { list: 'ordered', indent: 1 }),
		line('Ende'),
	],
	'an empty item of a list': () => [line('Titel', { level: 2 }), line('', { list: 'bullet' }), line('Ende')],
	'bold words and a link': () => [
		line('fett', {}, [schema.marks.strong.create()]),
		line('kursiv', {}, [schema.marks.em.create()]),
		line('Link', {}, [link]),
	],
	'a fact in a heading': () => [
		schema.nodes.paragraph.create({ ...plainParagraph, level: 1 }, [schema.text('Am '), fact()]),
		line('Ende'),
	],
	'a rule': () => [line('Oben'), schema.nodes.rule.create(), line('Unten', { list: 'bullet' })],
};

function paste(blocks: readonly Node[]): void {
	const slice = Slice.maxOpen(Fragment.from(blocks));
	a.editor.dispatch(withForms(a.editor.state, slice) ?? a.editor.state.tr.replaceSelection(slice));
}

function acceptAll(): string {
	b.decide('accept');
	b.settle();
	expect(readSuggestions(a.doc, bodyName)).toEqual([]);
	return both();
}

/** Without the marks of suggestions that are left on a fact, where they say nothing. */
function both(): string {
	expect(a.body.toJSON()).toBe(b.body.toJSON());
	return a.body.toJSON().replace(/<\/?(ins|del|fmt)--[^>]*>/g, '');
}

describe.each(Object.keys(kinds))('%s', (kind) => {
	test.each(['Anna', 'Caesar.'])('pasted behind %s', (place) => {
		a.editor.goTo(place);
		paste(kinds[kind]?.() ?? []);
		const accepted = acceptAll();
		a.editor.undo();
		expect(both()).toBe(accepted);
		a.editor.redo();
		expect(both()).toBe(accepted);
	});
});

describe('what is not accepted with it is taken back', () => {
	const first = (accept: () => void) => {
		const [known] = readSuggestions(a.doc, bodyName);
		clock.now += 3_600_000;
		accept();
		expect(readSuggestions(a.doc, bodyName).map(({ id }) => id)).not.toEqual([known?.id]);
		b.decide('accept', ({ id }) => id === known?.id);
		expect(readSuggestions(a.doc, bodyName)).not.toEqual([]);
		a.editor.undo();
		expect(readSuggestions(a.doc, bodyName)).toEqual([]);
	};

	test('a strike and new words', () => {
		a.editor.goTo('Anna');
		a.editor.type(' neu');
		first(() => {
			a.editor.selectWords('Fritz');
			a.editor.type('Gustav');
		});
		expect(a.editor.lines).toEqual(['Anna neu Berta Caesar.', before[1]]);
	});

	test('a join with the block before', () => {
		a.editor.goTo('Caesar.');
		paste(kinds['a heading and a list']?.() ?? []);
		first(() => {
			a.editor.goTo('zwei', false);
			a.editor.run(backspace);
		});
		expect(a.editor.lines).toEqual([before[0], 'Titel', 'eins', 'zwei', 'Ende', before[1]]);
		expect(both()).toContain('level="1"');
	});
});

test('what was done beside it to what had been there is taken back', () => {
	a.editor.goTo('Anna');
	a.editor.type(' neu');
	a.editor.dispatch(asItIs(a.editor.state.tr.setNodeAttribute(a.editor.find('Dora') - 1, 'level', 1)));
	b.decide('accept');
	expect(both()).toContain('level="1"');
	a.editor.undo();
	expect(both()).not.toContain('level');
	expect(a.editor.lines[0]).toBe('Anna neu Berta Caesar.');
});

test('whatever is suggested, and however it is divided in steps: what was accepted is as it was', () => {
	for (let seed = 1; seed <= 200; seed++) {
		const random = createRandom(seed);
		begin();
		for (let times = 0; times < 5; times++) {
			const { doc, tr } = a.editor.state;
			a.editor.dispatch(tr.setSelection(Selection.near(doc.resolve(random.nat(doc.content.size)))));
			const does = random.pick([
				() => paste(kinds[random.pick(Object.keys(kinds)) ?? '']?.() ?? []),
				() => a.editor.dispatch(a.editor.state.tr.replaceSelectionWith(fact(), false)),
				() => a.editor.type(' neu'),
				() => a.editor.run(enter),
				() => a.editor.run(backspace),
				() => a.editor.run(toggleList('bullet')),
				() => {
					const { head } = a.editor.state.selection;
					const { doc: now, tr: select } = a.editor.state;
					a.editor.dispatch(select.setSelection(TextSelection.between(now.resolve(0), now.resolve(head))));
					a.editor.run(toggleFormat(schema.marks.strong));
				},
			]);
			does?.();
			if (random.chance(0.5)) a.editor.undoManager.stopCapturing();
		}
		const accepted = acceptAll();
		for (let times = 0; times < 6; times++) a.editor.undo();
		expect(both(), `seed ${seed}`).toBe(accepted);
		for (let times = 0; times < 6; times++) a.editor.redo();
		expect(both(), `seed ${seed}, redone`).toBe(accepted);
	}
});
