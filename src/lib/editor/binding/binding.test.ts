import { baseKeymap, toggleMark } from 'prosemirror-commands';
import type { Command } from 'prosemirror-state';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { BareEditor } from '../../../../tests/support/bare-editor.ts';
import { createRandom, type Random } from '../../../../tests/support/random.ts';
import { Device } from '../../../../tests/support/writers.ts';
import { backspace, enter, toggleLevel } from '../commands.ts';
import { schema } from '../schema.ts';
import { survivors } from './survivors.ts';

const root = 'body:a';

let ada: Device & { editor: BareEditor };
let ben: Device & { editor: BareEditor };

function device(id: number): Device & { editor: BareEditor } {
	const made = new Device(id);
	return Object.assign(made, { editor: new BareEditor(made.doc, root) });
}

beforeEach(() => {
	ada = device(1);
	ben = device(2);
	ada.meet([ben]);
	ben.meet([ada]);
});

function written(lines: readonly string[]): void {
	ada.editor.type(lines[0] ?? '');
	for (const line of lines.slice(1)) {
		ada.editor.run(enter);
		ada.editor.type(line);
	}
}

function expectSame(): void {
	expect(ada.doc.getXmlFragment(root).toJSON()).toBe(ben.doc.getXmlFragment(root).toJSON());
	for (const { editor } of [ada, ben]) {
		expect(editor.closed).toBeNull();
		expect(editor.state.doc.toJSON()).toEqual(new BareEditor(editor.doc, root).state.doc.toJSON());
	}
}

describe('marks of others', () => {
	test('an edit beside a mark does not make the mark anew', () => {
		written(['eins zwei drei']);
		ada.editor.selectWords('zwei');
		ada.editor.run(toggleMark(schema.marks.strong));
		const before = ada.doc.store.clients.get(1)?.length;
		ben.editor.goTo('drei');
		ben.editor.type('!');
		const deleted = Y.createDeleteSetFromStructStore(ben.doc.store);
		expect(deleted.clients.get(1) ?? []).toEqual([]);
		expect(ada.doc.store.clients.get(1)?.length).toBe(before);
		expectSame();
	});

	test('plain words at the end of a mark do not move its end', () => {
		written(['eins zwei drei']);
		ada.editor.selectWords('zwei');
		ada.editor.run(toggleMark(schema.marks.strong));
		ada.goOffline();
		ben.editor.goTo('zwei');
		ben.editor.dispatch(ben.editor.state.tr.insert(10, schema.text('!')));
		const deleted = Y.createDeleteSetFromStructStore(ben.doc.store);
		expect(deleted.clients.get(1) ?? []).toEqual([]);
		ada.editor.goTo('zwei');
		ada.editor.undoManager.stopCapturing();
		ada.editor.type('LLL');
		ada.editor.undo();
		ada.comeBack();
		expect(ben.editor.state.doc.firstChild?.children.map(({ text, marks }) => [text, marks.length])).toEqual([
			['eins ', 0],
			['zwei', 1],
			['! drei', 0],
		]);
		expectSame();
	});

	test('what one types inside a mark keeps it while the other edits beside it', () => {
		written(['eins zwei drei']);
		ada.editor.selectWords('zwei');
		ada.editor.run(toggleMark(schema.marks.strong));
		ada.goOffline();
		ada.editor.goTo('zw');
		ada.editor.type('WW');
		ben.editor.goTo('drei');
		ben.editor.type('!');
		ada.comeBack();
		expect(ben.editor.state.doc.firstChild?.child(1).text).toBe('zwWWei');
		expectSame();
	});

	test('a part is unmarked, the rest stays as it is', () => {
		written(['eins zwei drei']);
		ada.editor.selectWords('eins zwei drei');
		ada.editor.run(toggleMark(schema.marks.em));
		ben.editor.selectWords('zwei');
		ben.editor.run(toggleMark(schema.marks.em));
		expect(ada.editor.state.doc.firstChild?.children.map(({ text, marks }) => [text, marks.length])).toEqual([
			['eins ', 1],
			['zwei', 0],
			[' drei', 1],
		]);
		expectSame();
	});
});

describe('what stayed is not touched', () => {
	test('of repeated letters exactly the one goes that the person took', () => {
		written(['aaaa']);
		ada.goOffline();
		ada.editor.dispatch(ada.editor.state.tr.delete(2, 3));
		ben.editor.dispatch(ben.editor.state.tr.delete(2, 3));
		ada.comeBack();
		expect(ada.editor.lines).toEqual(['aaa']);
		expectSame();
	});

	test('two changes at once in a paragraph leave the words between alone', () => {
		written(['eins zwei drei']);
		ada.goOffline();
		const { tr } = ada.editor.state;
		ada.editor.dispatch(tr.delete(11, 15).delete(1, 5));
		ben.editor.goTo('zwei');
		ben.editor.type('einhalb');
		ada.comeBack();
		expect(ada.editor.lines).toEqual([' zweieinhalb ']);
		expectSame();
	});

	test.each([
		['Enter at the start of a paragraph', 'zwei', false, enter, ['eins', '', 'zwei!']],
		['Backspace behind an empty paragraph', 'drei', false, backspace, ['eins', 'zwei!', 'drei']],
	])('%s leaves its text alone', (_what, words, end, command: Command, lines) => {
		written(lines.includes('') ? ['eins', 'zwei'] : ['eins', 'zwei', '', 'drei']);
		ada.goOffline();
		ada.editor.goTo(words, end);
		ada.editor.run(command);
		ben.editor.goTo('zwei');
		ben.editor.type('!');
		ada.comeBack();
		expect(ada.editor.lines).toEqual(lines);
		expectSame();
	});

	test('a new markup leaves the text alone', () => {
		written(['eins']);
		ada.goOffline();
		ada.editor.dispatch(ada.editor.state.tr.setNodeMarkup(0, null, { level: 2 }));
		ben.editor.goTo('eins');
		ben.editor.type('!');
		ada.comeBack();
		expect(ada.editor.lines).toEqual(['eins!']);
		expectSame();
	});

	test('the first words of two people in an empty paragraph stand in one text', () => {
		written(['eins', '']);
		ada.goOffline();
		ada.editor.type('Ada');
		ben.editor.select(7);
		ben.editor.type('Ben');
		ada.comeBack();
		expect(ada.editor.lines).toEqual(['eins', 'AdaBen']);
		expectSame();
	});
});

test('two texts side by side, as others may write them, are one to the editor', () => {
	const body = ada.doc.getXmlFragment(root);
	const paragraph = new Y.XmlElement('paragraph');
	body.insert(0, [paragraph]);
	paragraph.insert(0, [new Y.XmlText('eins'), new Y.XmlText('zwei')]);
	const before = Y.encodeStateAsUpdate(ben.doc);
	const opened = new BareEditor(ben.doc, root);
	expect(opened.lines).toEqual(['einszwei']);
	expect(Y.encodeStateAsUpdate(ben.doc)).toEqual(before);
	opened.dispatch(opened.state.tr.insertText('X', 3, 7));
	expect(opened.lines).toEqual(['eiXei']);
	expectSame();
});

describe('inline nodes', () => {
	const fact = (text: string) => schema.nodes.fact.create({ kind: 'meeting', of: 'x', form: 'date', text });

	test('come into the middle of a text, change, and go', () => {
		written(['Am um acht']);
		ada.editor.goTo('Am ');
		ada.editor.dispatch(ada.editor.state.tr.replaceSelectionWith(fact('9. Januar')));
		expectSame();
		ben.editor.dispatch(ben.editor.state.tr.setNodeAttribute(4, 'text', '10. Januar'));
		expect(ada.editor.state.doc.firstChild?.child(1).attrs['text']).toBe('10. Januar');
		ben.editor.goTo('acht');
		ben.editor.type(' Uhr');
		expectSame();
		ada.editor.dispatch(ada.editor.state.tr.delete(4, 5));
		expect(ben.editor.lines).toEqual(['Am um acht Uhr']);
		expectSame();
	});
});

test('unknown content severs the binding, and nothing is written any more', () => {
	written(['eins']);
	const closed = vi.fn();
	const opened = new BareEditor(ben.doc, root);
	Object.defineProperty(opened, 'closed', { set: closed });
	(ada.doc.getXmlFragment(root).get(0) as Y.XmlElement).setAttribute('colour', 'red');
	expect(closed).toHaveBeenCalledExactlyOnceWith({
		why: 'unknown',
		unknown: { what: 'attribute', name: 'paragraph.colour' },
	});
	opened.type('nie');
	expect(ada.doc.getXmlFragment(root).toJSON()).toBe('<paragraph colour="red">eins</paragraph>');
});

test('survivors are told by the steps', () => {
	written(['abcdef']);
	const { tr } = ada.editor.state;
	tr.delete(2, 3).insertText('XY', 4).delete(5, 7);
	expect(tr.doc.textContent).toBe('acdXf');
	expect(survivors(8, tr.mapping.maps)).toEqual([
		{ from: 0, to: 0, size: 2 },
		{ from: 3, to: 2, size: 2 },
		{ from: 6, to: 5, size: 2 },
	]);
});

/** What a person may do, from single letters to whole blocks. */
function act(editor: BareEditor, random: Random): void {
	const { doc } = editor.state;
	const place = () => 1 + random.nat(Math.max(1, doc.content.size - 1));
	const from = place();
	const size = random.chance(0.8) ? 0 : 1 + random.nat(12);
	const to = Math.min(from + size, doc.content.size - 1);
	if (![from, to].every((each) => doc.resolve(each).parent.isTextblock)) return;
	editor.select(from, to);
	const commands: Command[] = [
		enter,
		backspace,
		baseKeymap['Delete'] as Command,
		toggleMark(schema.marks.strong),
		toggleLevel(2),
		(state, dispatch) => (dispatch?.(state.tr.replaceSelectionWith(schema.nodes.rule.create())), true),
	];
	if (random.chance(0.6)) editor.type(random.pick(['a', 'ab', 'b ', 'aa']) ?? '');
	else editor.run(random.pick(commands) as Command);
}

test('whatever two people do at once, what the editors show is what the document holds', () => {
	for (let seed = 1; seed <= 120; seed++) {
		const random = createRandom(seed);
		const [left, right] = [device(1), device(2)];
		left.meet([right]);
		right.meet([left]);
		for (let step = 0; step < 25; step++) {
			const who = random.chance(0.5) ? left : right;
			if (random.chance(0.15)) (who.online ? () => who.goOffline() : () => who.comeBack())();
			else if (random.chance(0.1)) who.editor.undo();
			else act(who.editor, random);
		}
		left.comeBack();
		right.comeBack();
		[ada, ben] = [left, right];
		expectSame();
	}
});
