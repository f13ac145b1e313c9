/** Bodies as hostile as the schema lets them be: for whatever writes a body down and reads it again. */
import { bodyMarks } from '#lib/documents/body-gate.ts';
import {
	joined,
	orderedMarks,
	type Attributes,
	type RichChild,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { writeChanges } from '#lib/documents/suggestion.ts';
import type { Random } from './random.ts';

const pieces = [
	...['Wort', 'und ', ' vor', 'Plakate aufhängen.', 'ä', 'ß', '𝔘', '👩‍👩‍👧', '—', '“x”', '\u00a0', '\u200b', '\ufeff'],
	...['\n', '\n\n', ' \n ', '\n- ', '\n1. ', '\n# ', '\n> ', '\n```', '\n---', '\n===', '\n    x', '\n|-|', '\n[ ] '],
	...[
		'*',
		'**',
		'***',
		'_',
		'__',
		'~',
		'~~',
		'`',
		'``',
		'\\',
		'\\\n',
		'&',
		'&amp;',
		'&#32;',
		'<',
		'>',
		'<b>',
		'</ins>',
		'<!--',
		'-->',
	],
	...[
		'<br>',
		'<p>',
		'<![CDATA[',
		'{++',
		'++}',
		'{--x--}',
		'{>>',
		'<<}',
		'{==',
		'==}',
		'{~~a~>b~~}',
		'~>',
		'[',
		']',
		'](',
		'[a]: b',
		'![',
		'(',
		')',
	],
	...[
		'- ',
		'+ ',
		'* ',
		'1. ',
		'1) ',
		'# ',
		'###### ',
		'> ',
		'[ ] ',
		'[x] ',
		'[x]',
		'|',
		'||',
		'---',
		'***',
		'___',
		'===',
		':-',
		'\t',
		'    ',
		'  ',
		' ',
	],
	...[
		'http://x.de',
		'www.x.de',
		'a@b.de',
		'¶',
		'"',
		"'",
		'$',
		'^',
		'%',
		'!',
		'@',
		'#',
		'~~~',
		'```js',
		'::',
		'{',
		'}',
		'=',
		'+',
		'-',
		'.',
	],
];

const authors = ['p1', 'p2', 'word:Mara "Q" <x>', "a'b&c", ''];

const addresses = [
	...[
		'https://example.org/',
		'https://example.org/a_(b)?x=1&y=2#*z*',
		'https://example.org/<>"\'',
		'https://example.org/ä ö',
	],
	...[
		'mailto:a@b.de?subject=x y',
		'javascript:alert(1)',
		')',
		'(',
		'](x)',
		'<',
		' ',
		'',
		'a\\b',
		'\n',
		'&amp;',
		'x"y',
		'#',
	],
];

export class HostileBodies {
	readonly #random: Random;

	constructor(random: Random) {
		this.#random = random;
	}

	/** @param plain without suggestions, comments and facts */
	body(plain = false): RichNode[] {
		return this.#some(0, 6, () => this.#block(plain));
	}

	#block(plain: boolean): RichNode {
		const kind = this.#random.nat(12);
		if (kind === 0) return { name: 'rule', attrs: plain ? {} : this.#suggested(), content: [] };
		if (kind === 1) return this.#table(plain);
		return this.paragraph(plain);
	}

	paragraph(plain: boolean): RichNode {
		const attrs: Record<string, unknown> = {};
		if (this.#chance(5)) attrs.level = this.#pick([1, 2, 3]);
		if (this.#chance(2)) attrs.list = this.#pick(['bullet', 'ordered', 'check']);
		if (this.#chance(3)) attrs.indent = this.#pick([1, 1, 1, 2, 2, 3, 8]);
		if (this.#chance(5)) attrs.checked = true;
		if (!plain && this.#chance(8)) attrs.join = this.#pick(['', this.text(), '{"by":"a","at":1}']);
		if (!plain && this.#chance(8)) attrs.chg = this.#changes();
		if (!plain && this.#chance(12)) attrs.ins = this.text();
		return { name: 'paragraph', attrs, content: this.content(plain) };
	}

	/** In the one form that reading gives them. */
	#changes(): string | null {
		const people = this.#some(1, 3, () => this.#pick(authors));
		const to = () => ({ level: this.#pick([1, 2, null]), list: this.#pick(['bullet', 'check', null]) });
		return writeChanges(
			[...new Set(people)].map((by) => ({ by, at: this.#random.nat(3), id: this.text(), to: to() as object })),
		);
	}

	content(plain: boolean): RichChild[] {
		return joined(this.#some(0, 6, () => this.#inline(plain)));
	}

	text(): string {
		return this.#some(1, 4, () => this.#pick(pieces)).join('');
	}

	#inline(plain: boolean): RichChild {
		if (!plain && this.#chance(12)) return { name: 'fact', attrs: this.#fact(), content: [] };
		return { text: this.text(), marks: this.#marks(plain) };
	}

	#fact(): Attributes {
		const attrs: Record<string, unknown> = { kind: 'meeting-date', of: this.text().slice(0, 200), text: this.text() };
		if (this.#chance(2)) attrs.form = 'long';
		if (this.#chance(3)) attrs.was = this.text();
		return { ...attrs, ...this.#suggested() };
	}

	#suggested(): Attributes {
		const attrs: Record<string, unknown> = {};
		if (this.#chance(4)) attrs.ins = this.text();
		if (this.#chance(4)) attrs.del = this.text();
		return attrs;
	}

	#marks(plain: boolean): RichMark[] {
		const types = plain ? ['strong', 'em', 'link'] : Object.keys(bodyMarks);
		return orderedMarks(this.#some(0, 3, () => this.#mark(this.#pick(types))));
	}

	#mark(type: string): RichMark {
		const values: Record<string, unknown> = {
			href: this.#pick(addresses),
			by: this.#pick(authors),
			at: this.#pick([0, 1_733_900_000_000, Number.MAX_SAFE_INTEGER]),
			id: this.#pick(['i1', 'i2', '-->', '"']),
			was: this.#pick(['', '{"strong":true}', '<>"&\n']),
		};
		return { type, attrs: Object.fromEntries(Object.keys(bodyMarks[type] ?? {}).map((key) => [key, values[key]])) };
	}

	#table(plain: boolean): RichNode {
		const columns = this.#random.nat(4);
		const row = (header: boolean): RichNode => ({
			name: 'row',
			attrs: {},
			content: Array.from({ length: this.#chance(6) ? this.#random.nat(4) : columns }, () => this.#cell(plain, header)),
		});
		const simple = this.#chance(2);
		const rows = this.#some(0, 3, () => row(simple ? false : this.#chance(2)));
		const attrs = plain ? {} : this.#suggested();
		return { name: 'table', attrs, content: simple ? [row(true), ...rows] : rows };
	}

	#cell(plain: boolean, header: boolean): RichNode {
		const attrs: Record<string, unknown> = header ? { header: true } : {};
		if (this.#chance(8)) attrs.colspan = 2;
		if (this.#chance(8)) attrs.rowspan = 3;
		const content = this.#chance(5)
			? this.#some(0, 3, () => this.paragraph(plain))
			: [{ name: 'paragraph', attrs: {}, content: this.content(plain) }];
		return { name: 'cell', attrs, content };
	}

	#some<T>(least: number, most: number, make: () => T): T[] {
		return Array.from({ length: least + this.#random.nat(most - least + 1) }, make);
	}

	#pick<T>(choices: readonly T[]): T {
		return choices[this.#random.nat(choices.length)] as T;
	}

	#chance(oneIn: number): boolean {
		return this.#random.nat(oneIn) === 0;
	}
}
