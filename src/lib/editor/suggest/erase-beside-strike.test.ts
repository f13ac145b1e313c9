/** Who erases goes on where paragraphs are to go together, as within one. */
import { beforeEach, expect, test } from 'vitest';
import { gather, type Suggester } from '../../../../tests/support/suggesters.ts';
import { backspace, enter } from '../commands.ts';
import { eraseBesideStrike } from './erase-beside-strike.ts';
import { isStruck } from './marks.ts';

let a: Suggester;

beforeEach(() => {
	[a] = gather(['A'], { now: 1_700_000_000_000 }) as [Suggester];
	a.editor.type('eins');
	a.editor.run(enter);
	a.editor.type('zwei');
	a.editor.run(enter);
	a.editor.type('drei');
	a.mode('suggest');
	a.editor.goTo('zwei', false);
	a.editor.run(backspace);
});

/** The words without what is struck. */
function left(): string[] {
	return a.editor.state.doc.children.map((paragraph) =>
		paragraph.children.map((node) => (isStruck(node) ? '' : node.text)).join(''),
	);
}

test('backspace strikes letters on both sides of a join', () => {
	a.editor.goTo('zw');
	a.editor.run(backspaceLetter);
	a.editor.run(backspaceLetter);
	a.editor.run(eraseBesideStrike(-1));
	a.editor.run(backspaceLetter);
	expect(left()).toEqual(['ei', 'ei', 'drei']);
});

test('right behind a join it strikes the letter before it, and the form of the second paragraph stays', () => {
	a.editor.goTo('zwei', false);
	a.editor.run(eraseBesideStrike(-1));
	expect(left()).toEqual(['ein', 'zwei', 'drei']);
});

test('forward, too', () => {
	a.editor.goTo('eins');
	a.editor.run(eraseBesideStrike(1));
	a.editor.run(eraseBesideStrike(1));
	expect(left()).toEqual(['eins', 'ei', 'drei']);
});

test('where nothing is to go together it leaves the key to others', () => {
	const before = a.editor.state.doc;
	a.editor.goTo('drei', false);
	a.editor.run(eraseBesideStrike(-1));
	a.editor.goTo('zwei');
	a.editor.run(eraseBesideStrike(1));
	expect(a.editor.state.doc.eq(before)).toBe(true);
});

/** As the browser does it where nothing is struck. */
const backspaceLetter: Parameters<Suggester['editor']['run']>[0] = (state, dispatch) => {
	const { from } = state.selection;
	dispatch?.(state.tr.delete(from - 1, from));
	return true;
};
