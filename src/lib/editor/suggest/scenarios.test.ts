/** The scenarios of the design, S1 to S28. A and B are two people; offline means that B's changes reach A later. */
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { TextSelection } from 'prosemirror-state';
import { beforeEach, describe, expect, test } from 'vitest';
import { readSuggestions } from '#lib/documents/read-suggestions.ts';
import type { Authored } from '#lib/documents/suggestion.ts';
import { bodyName, gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace, enter, shiftIndent, toggleFormat, toggleLevel, toggleList } from '../commands.ts';
import { markdownRules } from '../input-rules.ts';
import { partWords } from '../review/part-words.ts';
import { attributesOf, isParagraph, plainParagraph, schema } from '../schema.ts';
import { showsMark } from './marks.ts';

const clock = { now: 0 };
let a: Suggester;
let b: Suggester;

beforeEach(() => {
	clock.now = 1_700_000_000_000;
	[a, b] = gather(['A', 'B'], clock) as [Suggester, Suggester];
});

/** Writes the text, then both suggest. */
function begin(...lines: string[]): void {
	a.editor.type(lines[0] ?? '');
	for (const line of lines.slice(1)) {
		a.editor.run(enter);
		a.editor.type(line);
	}
	for (const person of [a, b]) {
		person.mode('suggest');
		person.editor.undoManager.clear();
	}
}

/** Each block with its marks: `{+in A}`, `{-struck B}`, its attributes before it. */
function shown({ editor }: Suggester): string[] {
	return editor.state.doc.children.map((block) => {
		const given = Object.entries(isParagraph(block) ? attributesOf(block) : block.attrs).filter(
			([, value]) => value !== null,
		);
		const kind = given.map(([key, value]) => (typeof value === 'string' && value.startsWith('{') ? key : key + value));
		return [
			...kind.map((each) => each.replace(/\[.*/, '')),
			block.isTextblock ? '' : block.type.name,
			block.children.map(piece).join(''),
		]
			.filter(Boolean)
			.join(' ');
	});
}

function piece(node: Node): string {
	let text = node.text ?? `<${node.type.name}>`;
	// Several of a kind stand in the order of their keys, which says nothing.
	const marks = node.marks.toSorted((x, y) => String(x.attrs['by']).localeCompare(String(y.attrs['by'])));
	for (const { type, attrs } of marks.toSorted((x, y) => x.type.name.localeCompare(y.type.name) * -1)) {
		if (type === schema.marks.ins) text = `{+${text} ${attrs.by}}`;
		else if (type === schema.marks.del) text = `{-${text} ${attrs.by}}`;
		else if (type === schema.marks.strong) text = `*${text}*`;
	}
	return text;
}

function both(...lines: string[]): void {
	same();
	expect(shown(a)).toEqual(lines);
}

function same(): void {
	expect(a.body.toJSON()).toBe(b.body.toJSON());
	expect(shown(a)).toEqual(shown(b));
	for (const { editor } of [a, b]) expect(editor.closed).toBeNull();
}

function strike({ editor }: Suggester, words: string): void {
	editor.selectWords(words);
	editor.run(backspace);
}

function paste({ editor }: Suggester, ...lines: string[]): void {
	const paragraphs = lines.map((line) => schema.nodes.paragraph.create(plainParagraph, [schema.text(line)]));
	editor.dispatch(editor.state.tr.replaceSelection(Slice.maxOpen(Fragment.from(paragraphs))));
}

test('S1 an insertion reaches the other with its author, who accepts it', () => {
	begin('eins drei');
	a.editor.goTo('eins ');
	a.editor.type('zwei ');
	both('eins {+zwei  A}drei');
	b.decide('accept');
	both('eins zwei drei');
});

test('S2 both suggest; what comes in is not suggested again; rejecting all restores', () => {
	begin('eins zwei');
	a.editor.goTo('eins');
	a.editor.type(' und');
	strike(b, 'zwei');
	both('eins{+ und A} {-zwei B}');
	b.decide('reject');
	both('eins zwei');
});

test('S3 neighbours keep what is theirs', () => {
	begin('eins');
	a.editor.goTo('eins');
	a.editor.type(' von A');
	b.editor.goTo('von A');
	b.editor.type(' von B');
	both('eins{+ von A A}{+ von B B}');
	a.decide('reject', ({ by }) => by === 'A');
	both('eins{+ von B B}');
});

test('S4 both insert at the same place, offline', () => {
	begin('eins');
	b.goOffline();
	for (const person of [a, b]) {
		person.editor.goTo('eins');
		person.editor.type(` ${person.name.repeat(3)}`);
	}
	b.comeBack();
	same();
	expect([['eins{+ AAA A}{+ BBB B}'], ['eins{+ BBB B}{+ AAA A}']]).toContainEqual(shown(a));
	a.decide('reject');
	both('eins');
});

test.each([
	['accept', 'eins '],
	['reject', 'eins zwei drei vier'],
] as const)('S5 overlapping deletions, offline: %s all', (verdict, text) => {
	begin('eins zwei drei vier');
	b.goOffline();
	strike(a, 'zwei drei');
	strike(b, 'drei vier');
	b.comeBack();
	both('eins {-zwei  A}{-{-drei A} B}{- vier B}');
	b.decide(verdict);
	both(text);
});

test('S6 one suggests deleting where the other, offline, edits inside', () => {
	begin('eins zwei drei');
	b.goOffline();
	b.mode('edit');
	strike(a, 'zwei');
	b.editor.goTo('zw');
	b.editor.type('XX');
	b.comeBack();
	// What was written inside meanwhile stands in the strike, for all to see, and stays when that is rejected.
	both('eins {-zwXXei A} drei');
	a.decide('reject');
	both('eins zwXXei drei');
	a.editor.undo();
	// Accepted, the strike takes it along, as it was shown; whoever accepted takes that back.
	a.decide('accept');
	both('eins  drei');
	a.editor.undo();
	both('eins {-zwXXei A} drei');
});

test('S7 one accepts a deletion in which the other, offline, suggests', () => {
	begin('eins zwei drei');
	strike(a, 'zwei');
	b.goOffline();
	a.decide('accept');
	b.editor.goTo('zw');
	b.editor.type('XX');
	b.comeBack();
	both('eins {+XX B} drei');
	a.decide('reject');
	both('eins  drei');
});

test('what is suggested inside a strike at the same time is not struck, and survives its acceptance', () => {
	begin('eins zwei drei');
	b.goOffline();
	strike(a, 'zwei');
	b.editor.goTo('zw');
	b.editor.type('XX');
	b.comeBack();
	a.decide('accept', ({ by }) => by === 'A');
	both('eins {+XX B} drei');
});

test.each([
	['accept', ['eins', ' zwei']],
	['reject', ['eins zwei']],
] as const)('S8 Enter, and the other says %s', (verdict, lines) => {
	begin('eins zwei');
	a.editor.goTo('eins');
	a.editor.run(enter);
	both('eins{+¶ A} zwei');
	b.decide(verdict);
	b.settle();
	both(...lines);
});

test.each([
	['accept', ['einszwei']],
	['reject', ['eins', 'zwei']],
] as const)('S9 a join, and the other says %s', (verdict, lines) => {
	begin('eins', 'zwei');
	a.editor.goTo('zwei', false);
	a.editor.run(backspace);
	both('eins', 'join zwei');
	b.decide(verdict);
	b.settle();
	both(...lines);
});

test.each([
	['accept', ['erier']],
	['reject', ['eins', 'zwei', 'vier']],
] as const)('S10 a deletion across three paragraphs, and the other says %s', (verdict, lines) => {
	begin('eins', 'zwei', 'vier');
	const [from, to] = [a.editor.find('ins'), a.editor.find('ier')];
	a.editor.select(from, to);
	a.editor.run(backspace);
	both('e{-ins A}', 'join {-zwei A}', 'join {-v A}ier');
	b.decide(verdict);
	b.settle();
	both(...lines.map((line) => line.replace('erier', 'eier')));
});

test.each([
	['accept', ['listbullet eins', 'listbullet zwei']],
	['reject', ['listbullet eins']],
] as const)('S11 a new list item, and the other says %s', (verdict, lines) => {
	a.editor.type('eins');
	a.editor.run(toggleList('bullet'));
	for (const person of [a, b]) person.mode('suggest');
	a.editor.goTo('eins');
	a.editor.run(enter);
	a.editor.type('zwei');
	both('listbullet eins{+¶zwei A}'.replace('¶zwei', '¶ A}{+zwei'));
	b.decide(verdict);
	b.settle();
	both(...lines);
});

test('S12 one deletes what the other inserted: a trace stays until it is decided', () => {
	begin('eins');
	a.editor.goTo('eins');
	a.editor.type(' neu');
	strike(b, 'neu');
	both('eins{+  A}{-{+neu A} B}');
	b.decide('reject', ({ by }) => by === 'B');
	both('eins{+ neu A}');
	strike(b, 'neu');
	a.decide('accept');
	both('eins ');
});

test('S13 undo and redo of one’s own suggestion beside the other’s', () => {
	begin('eins zwei');
	a.editor.goTo('eins');
	a.editor.type(' AAA');
	b.editor.goTo('AA');
	b.editor.type('bb');
	a.editor.undo();
	both('eins{+bb B} zwei');
	a.editor.redo();
	same();
	a.decide('reject');
	both('eins zwei');
});

test('S14 undo of a deletion, and of an accept', () => {
	begin('eins zwei drei');
	strike(a, 'zwei');
	a.editor.undo();
	both('eins zwei drei');
	a.editor.redo();
	both('eins {-zwei A} drei');
	b.decide('accept');
	both('eins  drei');
	b.editor.undo();
	both('eins {-zwei A} drei');
});

test.each([true, false])('an accepted join waits while what stands between may go (it stays: %s)', (stays) => {
	begin('eins', 'zwei');
	a.editor.goTo('zwei', false);
	a.editor.run(backspace);
	b.mode('edit');
	const rule = schema.node('rule', { del: JSON.stringify({ by: 'C', at: 1, id: 'c' }) });
	b.editor.dispatch(b.editor.state.tr.insert(b.editor.find('zwei') - 1, rule));
	b.decide('accept', ({ by }) => by === 'A');
	b.settle();
	expect(b.body.toString()).toContain('accepted');
	b.decide(stays ? 'reject' : 'accept');
	b.settle();
	expect(b.body.toString()).not.toContain('accepted');
	expect(b.body.length).toBe(stays ? 3 : 1);
});

test('each decision is taken back by itself, by whoever took it, however quickly they came', () => {
	begin('eins zwei');
	a.editor.goTo('eins');
	a.editor.type(' A');
	clock.now += 10 * 60_000;
	a.editor.goTo('zwei');
	a.editor.type(' B');
	const [first, second] = ['A0', 'A1'];
	b.editor.goTo('eins', false);
	b.editor.type('X');
	b.decide('accept', ({ id }) => id === first);
	b.decide('reject', ({ id }) => id === second);
	b.editor.type('Y');
	const steps = [
		'{+XY B}eins A zwei',
		'{+X B}eins A zwei',
		'{+X B}eins A zwei{+ B A}',
		'{+X B}eins{+ A A} zwei{+ B A}',
		'eins{+ A A} zwei{+ B A}',
	];
	both(steps[0] ?? '');
	for (const step of steps.slice(1)) {
		b.editor.undo();
		both(step);
	}
	for (const step of steps.toReversed().slice(1)) {
		b.editor.redo();
		both(step);
	}
	// Accepted, it is nobody's own any more.
	a.editor.undo();
	both('{+XY B}eins A zwei');
});

describe('one accepts a suggestion in which its author, unseen, goes on', () => {
	beforeEach(() => {
		begin('eins drei');
		a.editor.goTo('eins');
		a.editor.type(' zwei');
		a.editor.undoManager.stopCapturing();
		a.goOffline();
	});
	const meet = () => {
		b.decide('accept');
		a.comeBack();
	};

	test.each([
		['behind it', ' zwei', ' und', 'eins zwei und drei', 'eins{+ zwei und A} drei'],
		['within it', ' zw', 'o-', 'eins zwo-ei drei', 'eins{+ zwo-ei A} drei'],
		['before it', 'eins', ' noch', 'eins noch zwei drei', 'eins{+ noch zwei A} drei'],
	])('%s: it is accepted with it, and who accepted takes all of it back', (_where, place, words, accepted, again) => {
		a.editor.goTo(place);
		a.editor.type(words);
		meet();
		both(accepted);
		// Nothing is left that could be decided.
		a.decide('reject');
		b.decide('accept');
		both(accepted);
		b.editor.undo();
		both(again);
		b.decide('reject');
		both('eins drei');
	});

	test('further off, what is written stays a suggestion of its own', () => {
		clock.now += 10 * 60_000;
		a.editor.goTo('drei');
		a.editor.type(' vier');
		meet();
		both('eins zwei drei{+ vier A}');
		b.decide('reject');
		both('eins zwei drei');
	});

	test('five minutes later, what is written right behind it is a suggestion of its own, too', () => {
		clock.now += 10 * 60_000;
		a.editor.goTo(' zwei');
		a.editor.type(' und');
		meet();
		both('eins zwei{+ und A} drei');
		b.decide('reject');
		both('eins zwei drei');
	});

	test('what its author takes out of it is out', () => {
		strike(a, 'wei');
		meet();
		both('eins z drei');
	});
});

test('S15 bold is suggested, the other rejects it', () => {
	begin('eins zwei drei');
	a.editor.selectWords('zwei');
	a.editor.run(toggleFormat(schema.marks.strong));
	both('eins zwei drei');
	const bold = a.editor.state.doc.firstChild?.child(1) as Node;
	expect([bold.marks.map(({ type }) => type.name), showsMark(bold, schema.marks.strong)]).toEqual([['fmt'], true]);
	b.decide('reject');
	both('eins zwei drei');
	a.editor.run(toggleFormat(schema.marks.strong));
	b.decide('accept');
	both('eins *zwei* drei');
	expect(a.editor.state.doc.firstChild?.child(1).marks).toHaveLength(1);
});

test('S16 one suggests in a paragraph that the other, offline, deletes', () => {
	begin('eins', 'zwei', 'drei');
	b.goOffline();
	b.mode('edit');
	const at = b.editor.find('zwei');
	b.editor.dispatch(b.editor.state.tr.delete(at - 1, at + 5));
	a.editor.goTo('zwei');
	a.editor.type(' neu');
	b.comeBack();
	both('eins', 'drei');
});

test('S17 both split the same paragraph, offline', () => {
	begin('eins zwei');
	b.goOffline();
	for (const person of [a, b]) {
		person.editor.goTo('eins');
		person.editor.run(enter);
	}
	b.comeBack();
	same();
	expect(shown(a)[0]).toMatch(/^eins\{\+¶ [AB]\}\{\+¶ [AB]\} zwei$/);
	a.decide('accept');
	a.settle();
	both('eins', '', ' zwei');
});

test('two break a line at one place, and one takes hers back: the other’s is still a break', () => {
	begin('eins zwei');
	a.editor.goTo('eins');
	a.editor.run(enter);
	b.editor.goTo('eins¶');
	b.editor.run(enter);
	both('eins{+¶ A}{+¶ B} zwei');
	a.editor.undo();
	both('eins{+¶ B} zwei');
	b.decide('accept');
	b.settle();
	both('eins', ' zwei');
});

test('a break within bold, taken back when the other has erased around it, leaves no bold behind it', () => {
	begin('eins zwei');
	for (const person of [a, b]) person.mode('edit');
	a.editor.selectWords('eins');
	a.editor.run(toggleFormat(schema.marks.strong));
	for (const person of [a, b]) person.mode('suggest');
	a.editor.undoManager.stopCapturing();
	b.editor.selectWords('ns');
	b.editor.type('SSS');
	a.editor.goTo('SS');
	a.editor.run(enter);
	b.editor.selectWords('SS¶S');
	b.editor.type('T');
	a.editor.undo();
	a.decide('reject');
	both('*eins* zwei');
});

test('S18 typing over a selection: the new words stand behind the struck ones, in one suggestion', () => {
	begin('unserer Sitzung');
	a.editor.selectWords('unserer');
	a.editor.type('seiner');
	both('{-unserer A}{+seiner A} Sitzung');
	const ids = a.editor.state.doc.firstChild?.children.flatMap(({ marks }) => marks.map(({ attrs }) => attrs['id']));
	expect(new Set(ids).size).toBe(1);
});

test('S19 Backspace letter by letter', () => {
	begin('eins');
	a.editor.goTo('eins');
	const back = () =>
		a.editor.dispatch(a.editor.state.tr.delete(a.editor.state.selection.head - 1, a.editor.state.selection.head));
	back();
	back();
	both('ei{-ns A}');
	a.editor.type('x');
	both('ei{-ns A}{+x A}');
	back();
	both('ei{-ns A}');
});

test('deleting forward goes on behind what is struck', () => {
	begin('eins');
	a.editor.goTo('eins', false);
	for (let times = 0; times < 2; times++) {
		const { head } = a.editor.state.selection;
		a.editor.dispatch(a.editor.state.tr.delete(head, head + 1));
	}
	both('{-ei A}ns');
});

test.each([
	['accept', ['eins A', 'B', 'C zwei']],
	['reject', ['eins  zwei']],
] as const)('S20 three paragraphs pasted into one, and the other says %s', (verdict, lines) => {
	begin('eins  zwei');
	a.editor.goTo('eins ');
	paste(a, 'A', 'B', 'C');
	both('eins {+A A}{+¶ A}{+B A}{+¶ A}{+C A} zwei');
	b.decide(verdict);
	b.settle();
	both(...lines);
});

test.each([
	['accept', ['eins', '', 'listbullet A', 'listbullet indent1 B']],
	['reject', ['eins', '']],
] as const)('a list that is pasted stays one, and the other says %s', (verdict, lines) => {
	begin('eins', '');
	const items = [null, 1].map((indent, at) =>
		schema.nodes.paragraph.create({ ...plainParagraph, list: 'bullet', indent }, [schema.text('AB'[at] ?? '')]),
	);
	a.editor.dispatch(a.editor.state.tr.replaceSelection(Slice.maxOpen(Fragment.from(items))));
	both('eins', '', 'listbullet ins {+A A}', 'listbullet indent1 ins {+B A}');
	a.editor.undo();
	both('eins', '');
	a.editor.redo();
	b.decide(verdict);
	b.settle();
	both(...lines);
});

test('a list that is only suggested is one where it is put, too', () => {
	begin('eins', 'zwei', 'drei');
	a.editor.select(1, 10);
	a.editor.run(toggleList('bullet'));
	const slice = Slice.maxOpen(a.editor.state.doc.slice(0, 12).content);
	b.editor.goTo('drei');
	b.editor.dispatch(b.editor.state.tr.replaceSelection(slice));
	both('listbullet chg eins', 'listbullet chg zwei', 'drei', 'ins {+eins B}', 'listbullet ins {+zwei B}');
	b.decide('reject');
	both('eins', 'zwei', 'drei');
});

test.each([
	['S21 a paragraph to a heading', toggleLevel(2), 'level2', 'eins'],
	['S22 a paragraph into a list', toggleList('bullet'), 'listbullet', 'eins'],
])('%s', (_what, command, kind, text) => {
	begin('eins');
	a.editor.goTo('eins');
	a.editor.run(command);
	both(`${kind} chg ${text}`);
	b.decide('reject');
	both(text);
	a.editor.run(command);
	b.decide('accept');
	both(`${kind} ${text}`);
});

test('S22 two make different things of one paragraph, offline: rejecting all restores', () => {
	begin('eins');
	b.goOffline();
	a.editor.goTo('eins');
	a.editor.run(toggleLevel(2));
	b.editor.goTo('eins');
	b.editor.run(toggleList('ordered'));
	b.comeBack();
	same();
	a.decide('reject');
	both('eins');
});

describe('two make different things of one paragraph, unseen by each other', () => {
	const listed = () =>
		readSuggestions(a.doc, bodyName).map(({ by, parts }) => [by, parts.map((part) => partWords(part)).join()]);
	const of = (who: string) => (authored: Authored) => authored.by === who;

	beforeEach(() => {
		begin('eins', 'zwei');
		b.goOffline();
		a.editor.goTo('eins');
		a.editor.run(toggleLevel(2));
		clock.now += 1000;
		b.editor.goTo('eins');
		b.editor.run(toggleList('bullet'));
		b.comeBack();
		same();
	});

	test('both are in the list, and the later one shows', () => {
		expect(listed()).toEqual([
			['A', 'zu Überschrift 2'],
			['B', 'zu Liste'],
		]);
		both('listbullet chg eins', 'zwei');
	});

	test.each([
		['accept', 'accept', 'listbullet eins'],
		['accept', 'reject', 'level2 eins'],
		['reject', 'accept', 'listbullet eins'],
		['reject', 'reject', 'eins'],
	] as const)('A’s: %s, then B’s: %s', (ofA, ofB, line) => {
		a.decide(ofA, of('A'));
		expect(listed().map(([by]) => by)).toEqual(['B']);
		b.decide(ofB, of('B'));
		expect(listed()).toEqual([]);
		both(line, 'zwei');
	});

	test.each([
		['accept', 'accept', 'level2 eins'],
		['accept', 'reject', 'level2 eins'],
		['reject', 'accept', 'listbullet eins'],
		['reject', 'reject', 'eins'],
	] as const)('A’s: %s, but first B’s: %s', (ofA, ofB, line) => {
		b.decide(ofB, of('B'));
		a.decide(ofA, of('A'));
		expect(listed()).toEqual([]);
		both(line, 'zwei');
	});

	test('all together', () => {
		a.decide('reject');
		both('eins', 'zwei');
		a.editor.undo();
		b.decide('accept');
		both('listbullet eins', 'zwei');
	});

	test('one takes hers back: the other’s stays, and comes again with redo', () => {
		a.editor.undo();
		both('listbullet chg eins', 'zwei');
		expect(listed()).toEqual([['B', 'zu Liste']]);
		a.editor.redo();
		expect(listed()).toHaveLength(2);
		b.editor.undo();
		both('level2 chg eins', 'zwei');
		a.decide('reject');
		both('eins', 'zwei');
	});

	test('who goes on where another’s shows sees what they do, whatever the clocks say', () => {
		clock.now -= 60_000;
		a.editor.run(toggleLevel(1));
		both('level1 chg eins', 'zwei');
		// Taking the heading away, B has again what B suggests.
		b.editor.run(toggleLevel(1));
		both('listbullet chg eins', 'zwei');
		expect(listed()).toEqual([
			['A', 'zu Überschrift 1'],
			['B', 'zu Liste'],
		]);
		b.decide('reject', of('B'));
		both('level1 chg eins', 'zwei');
	});

	test('what one sees and changes directly shows', () => {
		a.decide('reject', of('B'));
		a.editor.run(toggleList('bullet'));
		a.editor.run(shiftIndent(1));
		both('listbullet indent1 chg eins', 'zwei');
		b.mode('edit');
		b.editor.run(shiftIndent(1));
		both('listbullet indent2 chg eins', 'zwei');
		b.editor.run(toggleList('ordered'));
		both('listordered indent2 eins', 'zwei');
		expect(listed()).toEqual([]);
		b.editor.undo();
		both('listbullet indent1 chg eins', 'zwei');
		a.decide('reject');
		both('eins', 'zwei');
	});

	test('what comes unseen stays beside what is changed directly', () => {
		a.decide('reject', of('B'));
		b.goOffline();
		b.mode('edit');
		b.editor.run(toggleList('ordered'));
		expect(readSuggestions(b.doc, bodyName)).toEqual([]);
		a.editor.run(toggleLevel(3));
		b.comeBack();
		both('level3 chg eins', 'zwei');
		expect(listed()).toEqual([['A', 'zu Überschrift 3']]);
		a.decide('reject');
		both('listordered eins', 'zwei');
	});
});

test('S23 a rule is inserted', () => {
	begin('eins', 'zwei');
	a.editor.goTo('eins');
	a.editor.dispatch(a.editor.state.tr.replaceSelectionWith(schema.nodes.rule.create()));
	both('eins', 'ins rule', 'zwei');
	b.decide('reject');
	both('eins', 'zwei');
	expect(markdownRules()).toBeDefined();
});

test.each([
	['accept', ['eins', 'drei']],
	['reject', ['eins', 'zwei', 'drei']],
] as const)('S24 a whole paragraph is deleted, and the other says %s', (verdict, lines) => {
	begin('eins', 'zwei', 'drei');
	const at = a.editor.find('zwei');
	a.editor.dispatch(a.editor.state.tr.delete(at - 1, at + 5));
	both('eins', '{-zwei A}', 'join drei');
	b.decide(verdict);
	b.settle();
	both(...lines);
});

test('S25 one splits, the other, offline, suggests in the tail', () => {
	begin('eins zwei');
	b.goOffline();
	a.editor.goTo('eins');
	a.editor.run(enter);
	b.editor.goTo('zwei');
	b.editor.type(' neu');
	b.comeBack();
	both('eins{+¶ A} zwei{+ neu B}');
	a.decide('accept');
	a.settle();
	both('eins', ' zwei neu');
});

test('S26 both accept everything, offline', () => {
	begin('eins zwei drei', 'vier');
	strike(a, 'zwei');
	a.editor.goTo('drei');
	a.editor.type(' neu');
	b.editor.goTo('vier', false);
	b.editor.run(backspace);
	b.goOffline();
	a.decide('accept');
	b.decide('accept');
	b.comeBack();
	a.settle();
	both('eins  drei neuvier');
});

test('S27 both accept a split, offline', () => {
	begin('eins zwei');
	a.editor.goTo('eins');
	a.editor.run(enter);
	b.goOffline();
	a.decide('accept');
	b.decide('accept');
	b.comeBack();
	a.settle();
	a.settle();
	both('eins', ' zwei');
});

test('S28 one rejects what the other, offline, accepts: all agree', () => {
	begin('eins zwei');
	strike(a, 'zwei');
	a.editor.goTo('eins');
	a.editor.type(' neu');
	b.goOffline();
	a.decide('reject');
	b.decide('accept');
	b.comeBack();
	same();
	expect(shown(a).join()).not.toMatch(/[{}]/);
});

test('what one suggests within five minutes beside one’s own goes on; later it is another', () => {
	begin('eins');
	a.editor.goTo('eins');
	a.editor.type(' a');
	clock.now += 4 * 60_000;
	a.editor.type('b');
	clock.now += 2 * 60_000;
	a.editor.type('c');
	const ids = a.editor.state.doc.firstChild?.children.flatMap(({ marks }) => marks.map(({ attrs }) => attrs['id']));
	expect(new Set(ids).size).toBe(2);
});

test('own marks go when one takes back by hand what one suggested', () => {
	begin('eins');
	a.editor.selectWords('eins');
	a.editor.run(toggleFormat(schema.marks.strong));
	a.editor.run(toggleFormat(schema.marks.strong));
	a.editor.run(toggleLevel(2));
	a.editor.run(toggleLevel(2));
	both('eins');
	expect(a.editor.state.doc.firstChild?.firstChild?.marks).toEqual([]);
});

test('who only views changes nothing', () => {
	begin('eins');
	a.mode('view');
	a.editor.type('x');
	both('eins');
});

test('what is written directly inside a strike is not struck', () => {
	begin('eins');
	strike(a, 'eins');
	b.mode('edit');
	b.editor.goTo('ei');
	b.editor.type('x');
	both('{-ei A}x{-ns A}');
	expect(b.editor.state.selection).toBeInstanceOf(TextSelection);
});
