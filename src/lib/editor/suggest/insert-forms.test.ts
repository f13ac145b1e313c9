/** Headings, lists and rules that are pasted while suggesting. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { beforeEach, describe, expect, test } from 'vitest';
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { findUnknown } from '#lib/documents/body-gate.ts';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import { readRichBody } from '#lib/documents/rich-body.ts';
import { suggestionId } from '#lib/documents/suggestion.ts';
import { accepted } from '#lib/text/settle.ts';
import { agreed } from '#lib/text/agreed.ts';
import { backspace, enter, toggleFormat } from '../commands.ts';
import { attributesOf, isParagraph, plainParagraph, schema } from '../schema.ts';
import { withForms } from './paste-forms.ts';

const clock = { now: 1_700_000_000_000 };
const before = ['Anna Berta Caesar.', 'Dora Emil Fritz.'];
let a: Suggester;
let b: Suggester;

beforeEach(() => {
	[a, b] = gather(['A', 'B'], clock) as [Suggester, Suggester];
	begin(...before);
});

function begin(...given: string[]): void {
	a.mode('edit');
	given.forEach((line, at) => {
		if (at > 0) a.editor.run(enter);
		a.editor.type(line);
	});
	for (const person of [a, b]) person.mode('suggest');
}

function line(text: string, form: Partial<typeof plainParagraph> = {}): Node {
	return schema.nodes.paragraph.create({ ...plainParagraph, ...form }, text === '' ? [] : [schema.text(text)]);
}

const list = () => [line('Erstens'), line('Punkt', { list: 'bullet' }), line('Letztens')];

function paste({ editor }: Suggester, blocks: readonly Node[]): void {
	const slice = Slice.maxOpen(Fragment.from(blocks));
	editor.dispatch(withForms(editor.state, slice) ?? editor.state.tr.replaceSelection(slice));
}

/** Over whatever stands between two places in the text. */
function select(from: string, to: string): void {
	a.editor.select(a.editor.find(from), a.editor.find(to) + to.length);
}

function decideAll(verdict: 'accept' | 'reject'): string[] {
	b.decide(verdict);
	b.settle();
	expect(a.body.toJSON()).toBe(b.body.toJSON());
	expect(readSuggestions(a.doc, bodyName)).toEqual([]);
	return lines();
}

function lines(): string[] {
	return a.editor.state.doc.children.map((block) => {
		if (!isParagraph(block)) return block.type.name;
		const { list, level } = attributesOf(block);
		return `${list ?? ''}${level ?? ''}${list || level ? ' ' : ''}${block.textContent}`;
	});
}

const pasted = ['Erstens', 'bullet Punkt', 'Letztens'];

describe.each([
	['amid a paragraph', 'Anna', null, ['Anna', ...pasted, ' Berta Caesar.', before[1]]],
	['over words of a paragraph', ' Berta', ' Berta', ['Anna', ...pasted, ' Caesar.', before[1]]],
	['over the break between two', ' Berta', 'Dora', ['Anna', ...pasted, ' Emil Fritz.']],
	['over a paragraph and the beginning of the next', 'Anna', 'Dora', [...pasted, ' Emil Fritz.']],
	['over all', 'Anna', 'Fritz.', [...pasted, '']],
	['at the end of a paragraph', 'Caesar.', null, [before[0], ...pasted, before[1]]],
] as const)('a list pasted %s', (_where, from, to, after) => {
	beforeEach(() => {
		if (to === null) a.editor.goTo(from);
		else select(from, to);
		paste(a, list());
	});

	test('accepted stands where it was put', () => {
		expect(decideAll('accept')).toEqual(after);
	});

	test('rejected leaves the text as it was', () => {
		expect(decideAll('reject')).toEqual(before);
	});

	test('taken back, too', () => {
		a.editor.undo();
		expect(decideAll('accept')).toEqual(before);
	});

	test('is gone on with behind its last words', () => {
		a.editor.type('!');
		expect(decideAll('accept')).toContain('Letztens!');
	});
});

test('over three paragraphs', () => {
	a.editor.goTo('Fritz.');
	begin('', 'Gustav Heinrich Ida.');
	select(' Berta', 'Gustav');
	paste(a, list());
	expect(decideAll('accept')).toEqual(['Anna', ...pasted, ' Heinrich Ida.']);
});

test('where a paragraph was to go together with the one before, it comes between the two', () => {
	a.editor.goTo('Dora', false);
	a.editor.run(backspace);
	a.editor.goTo('Dora', false);
	paste(a, list());
	expect(decideAll('accept')).toEqual([before[0], ...pasted, before[1]]);
});

test('text with a rule in it keeps its order', () => {
	a.editor.goTo('Anna');
	paste(a, [line('Oben'), schema.nodes.rule.create(), line('Unten')]);
	expect(decideAll('accept')).toEqual(['Anna', 'Oben', 'rule', 'Unten', ' Berta Caesar.', before[1]]);
});

describe('what stands behind the place stays behind what is pasted', () => {
	test('as what its paragraph is, with its bold and its fact', () => {
		a.mode('edit');
		a.editor.selectWords('Caesar');
		a.editor.run(toggleFormat(schema.marks.strong));
		a.editor.goTo('Berta ', true);
		const fact = schema.nodes.fact.create({ kind: 'date', ref: 'm1', text: '9. Mai' });
		a.editor.dispatch(a.editor.state.tr.insert(a.editor.state.selection.head, fact));
		a.editor.dispatch(a.editor.state.tr.setNodeAttribute(0, 'list', 'ordered'));
		a.mode('suggest');
		a.editor.goTo('Anna');
		paste(a, list());
		expect(decideAll('accept')).toEqual([
			'ordered Anna',
			'ordered Erstens',
			'bullet Punkt',
			'Letztens',
			'ordered  Berta 9. MaiCaesar.',
			before[1],
		]);
		const [, bold] = a.editor.state.doc.child(4).children.filter(({ isText }) => isText);
		expect(bold?.marks.map(({ type }) => type.name)).toEqual(['strong']);
	});

	test('a fact that another strikes', () => {
		a.mode('edit');
		const fact = schema.nodes.fact.create({ kind: 'date', ref: 'm1', text: '9. Mai' });
		a.editor.dispatch(a.editor.state.tr.insert(a.editor.find(' Caesar'), fact));
		a.mode('suggest');
		const at = b.editor.find(' Caesar');
		b.editor.dispatch(b.editor.state.tr.delete(at - 1, at));
		a.editor.goTo('Anna');
		paste(a, list());
		b.decide('accept', ({ by }) => by === 'A');
		expect(decideAll('reject')).toEqual(['Anna', ...pasted, ' Berta9. Mai Caesar.', before[1]]);
	});

	test('with what another strikes and writes there meanwhile, unseen', () => {
		b.goOffline();
		b.editor.selectWords('Caesar');
		b.editor.type('Cleo');
		a.editor.goTo('Anna');
		paste(a, list());
		b.comeBack();
		expect(decideAll('accept')).toEqual(['Anna', ...pasted, ' Berta Cleo.', before[1]]);
	});
	test.each([
		['accept', ['Anna', ...pasted, ' Berta Cleo.', before[1]]],
		['reject', ['Anna Berta Cleo.', before[1]]],
	] as const)('with what another strikes and writes there before: hers %sed', (hers, after) => {
		b.editor.selectWords('Caesar');
		b.editor.type('Cleo');
		a.editor.goTo('Anna');
		paste(a, list());
		b.decide(hers, ({ by }) => by === 'A');
		expect(readSuggestions(a.doc, bodyName)).toHaveLength(1);
		expect(decideAll('accept')).toEqual(after);
	});

	test('with what another goes on to write at its end', () => {
		b.editor.goTo('Caesar.');
		b.editor.type(' Und');
		a.editor.goTo('Anna');
		paste(a, list());
		b.editor.type(' weiter');
		expect(decideAll('accept')).toEqual(['Anna', ...pasted, ' Berta Caesar. Und weiter', before[1]]);
	});

	test('as text without suggestions says it, before and after it is carried out', () => {
		a.editor.goTo('Anna');
		paste(a, list());
		const read = () => accepted(readRichBody(a.doc, bodyName));
		const said = read();
		expect(said.map(({ attrs }) => attrs)).toEqual([{}, {}, { list: 'bullet' }, {}, {}, {}]);
		b.decide('accept');
		expect(agreed(readRichBody(a.doc, bodyName))).toEqual(said);
		b.settle();
		expect(read()).toEqual(said);
	});

	test('Enter in a line of a list goes on with the list', () => {
		a.editor.goTo('Anna');
		paste(a, list());
		a.editor.goTo('Punkt');
		a.editor.run(enter);
		a.editor.type('Neu');
		expect(findUnknown(a.body)).toBeNull();
		expect(decideAll('accept')).toEqual([
			'Anna',
			'Erstens',
			'bullet Punkt',
			'bullet Neu',
			'Letztens',
			' Berta Caesar.',
			before[1],
		]);
	});

	test('a rule amid it is a rule', () => {
		a.editor.goTo('Anna');
		paste(a, [line('Oben', { level: 1 }), schema.nodes.rule.create()]);
		expect(accepted(readRichBody(a.doc, bodyName)).map(({ name }) => name)[2]).toBe('rule');
		expect(decideAll('accept')).toEqual(['Anna', '1 Oben', 'rule', ' Berta Caesar.', before[1]]);
	});

	test('what she had struck there long before', () => {
		a.editor.selectWords('Caesar');
		a.editor.run(backspace);
		const [old] = readSuggestions(a.doc, bodyName);
		clock.now += 3_600_000;
		a.editor.goTo('Anna');
		paste(a, list());
		b.decide('accept', ({ id }) => suggestionId(id) !== old?.id);
		expect(decideAll('reject')).toEqual(['Anna', ...pasted, ' Berta Caesar.', before[1]]);
	});
});

describe.each([
	['amid a paragraph', 'Anna', null, (pasted: string[]) => ['Anna', ...pasted, ' Berta Caesar.', before[1]]],
	['before its first word', 'Anna', 'Anna', (pasted: string[]) => [...pasted, ' Berta Caesar.', before[1]]],
	['at its end', 'Caesar.', null, (pasted: string[]) => [before[0], ...pasted, before[1]]],
] as const)('what is pasted %s', (_where, from, to, around) => {
	test.each([
		['a heading and a paragraph', [line('Kopf', { level: 1 }), line('Absatz')], ['1 Kopf', 'Absatz']],
		['a list', [line('eins', { list: 'bullet' }), line('zwei', { list: 'bullet' })], ['bullet eins', 'bullet zwei']],
	] as const)('keeps what it is from its first block on: %s', (_what, blocks, kept) => {
		if (to === null) a.editor.goTo(from);
		else a.editor.selectWords(from);
		paste(a, blocks);
		a.editor.type('!');
		expect(decideAll('accept')).toEqual(around([...kept.slice(0, -1), `${kept.at(-1)}!`]));
	});

	test('and goes when it is rejected', () => {
		if (to === null) a.editor.goTo(from);
		else a.editor.selectWords(from);
		paste(a, [line('Kopf', { level: 1 }), line('Absatz')]);
		expect(decideAll('reject')).toEqual(before);
	});
});

describe('a heading alone', () => {
	const heading = [line('Kopf', { level: 1 })];

	test('makes a heading of the paragraph that it is pasted over, and rejected leaves the paragraph', () => {
		a.editor.selectWords(before[0] as string);
		paste(a, heading);
		a.editor.type('!');
		expect(readSuggestions(b.doc, bodyName)).toHaveLength(1);
		b.decide('reject');
		expect(lines()).toEqual(before);
		a.editor.selectWords(before[0] as string);
		paste(a, heading);
		expect(decideAll('accept')).toEqual(['1 Kopf', before[1]]);
	});

	test('and of an empty one', () => {
		a.mode('edit');
		a.editor.goTo('Fritz.');
		a.editor.run(enter);
		a.mode('suggest');
		paste(a, heading);
		expect(decideAll('accept')).toEqual([...before, '1 Kopf']);
	});

	test('amid words is words', () => {
		a.editor.goTo('Anna');
		paste(a, heading);
		expect(decideAll('accept')).toEqual(['AnnaKopf Berta Caesar.', before[1]]);
	});
});
