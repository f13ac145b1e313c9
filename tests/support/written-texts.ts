/** Texts as people make them in an editor, with all that they can do there, and with odd words: for round trips. */
import {
	joined,
	orderedMarks,
	paragraph,
	type Attributes,
	type RichMark,
	type RichNode,
	type RichText,
} from '#lib/documents/rich-body.ts';
import { writeAuthored, writeChange, type Authored } from '#lib/text/block-suggestion.ts';
import type { Random } from './random.ts';

export type WrittenText = {
	blocks: RichNode[];
	threads: readonly { id: string; resolved: boolean; entries: readonly { by: string; at: number; text: string }[] }[];
};

const words = [
	...[
		'Der Vorstand ',
		'trifft sich',
		' am Donnerstag',
		', 9. Januar.',
		'Wahlbüro',
		' ',
		'  ',
		'\t',
		'\n',
		'\n\n',
		'ß𝔘👩‍👧',
	],
	...[
		'*',
		'_',
		'`',
		'[',
		']',
		'(',
		')',
		'~~',
		'<',
		'>',
		'&',
		'&amp;',
		'{',
		'}',
		'+',
		'-',
		'{++',
		'--}',
		'¶',
		'|',
		'\\',
		'"',
		"'",
	],
	...[
		'# ',
		'- ',
		'1. ',
		'> ',
		'[x] ',
		'+ ',
		'* ',
		'---',
		'    ',
		'<b>',
		']]>',
		'<!--',
		'\u00a0',
		'\u200b',
		'\u2011',
		'\u00ad',
	],
];
const links = [
	'https://example.org/',
	'https://example.org/a_(b)?x=1&y=2#*z*',
	"https://example.org/%3C%3E'%22[1]",
	'mailto:a@example.org?subject=x%20y&body=%26',
	'https://xn--mnchen-3ya.example/%C3%A4?q=%22a+b%22',
];
const people = ['Jonas Weber', 'Ada "Q" <x> & Co', 'Łukasz'];
const from = Date.parse('2024-12-10T08:00:00Z');

export class WrittenTexts {
	readonly #random: Random;
	#ids = 0;
	/** The suggestion with which the last paragraph ends. */
	#ends: Authored | null = null;

	constructor(random: Random) {
		this.#random = random;
	}

	text(): WrittenText {
		const blocks: RichNode[] = [];
		for (let count = 1 + this.#random.nat(7); count > 0; count--) {
			const last = blocks.at(-1)?.name;
			// Two tables with nothing between them are one to Word.
			if (this.#chance(10)) blocks.push({ name: 'rule', attrs: {}, content: [] });
			else if (last !== 'table' && this.#chance(8)) blocks.push(this.#table());
			else if (this.#chance(12)) blocks.push(...this.#changedTogether());
			else blocks.push(this.#paragraph(last === 'paragraph'));
		}
		blocks.push(paragraph({}, [{ text: 'Ende', marks: [] }]));
		return this.#commented(blocks);
	}

	#paragraph(joins: boolean): RichNode {
		const attrs: Record<string, unknown> = this.#form();
		const to = this.#form();
		if (this.#chance(8) && JSON.stringify(to) !== JSON.stringify(attrs))
			attrs.chg = writeChange(this.#authored(), attrs, to);
		const join = joins && this.#chance(6) ? ((this.#chance(2) ? this.#ends : null) ?? this.#authored()) : null;
		if (join) attrs.join = writeAuthored(join);
		const begin = join && this.#chance(2) ? this.#changes(join, true) : [];
		return paragraph(attrs, joined([...begin, ...this.#content(true)]));
	}

	/** Several paragraphs of which one person makes the same at once. */
	#changedTogether(): RichNode[] {
		const [was, to] = [this.#form(), this.#form()];
		const same = JSON.stringify(to) === JSON.stringify(was);
		const chg = same ? {} : { chg: writeChange(this.#authored(), was, to) };
		return [0, 1].map(() => paragraph({ ...was, ...chg }, this.#content(true)));
	}

	/** What one person changes side by side: one suggestion in several runs, also around what another put in there. */
	#changes(authored: Authored, breaks: boolean): RichText[] {
		const own = (type: 'ins' | 'del') => ({ type, attrs: authored });
		return Array.from({ length: 1 + this.#random.nat(5) }, (_, at): RichText => {
			if (breaks && this.#chance(5))
				return { text: '¶', marks: orderedMarks([{ type: 'brk', attrs: {} }, own('ins')]) };
			if (at > 0 && this.#chance(5)) return { text: this.#words(), marks: [this.#suggestion('ins')] };
			const marks: RichMark[] = [own(this.#pick(['ins', 'ins', 'del']))];
			if (this.#chance(3)) marks.push({ type: 'strong', attrs: {} });
			if (this.#chance(5)) marks.push({ type: 'em', attrs: {} });
			if (this.#chance(6)) marks.push({ type: 'link', attrs: { href: this.#pick(links) } });
			return { text: this.#words(), marks: orderedMarks(marks) };
		});
	}

	#form(): Record<string, unknown> {
		if (this.#chance(5)) return { level: this.#pick([1, 2, 3]) };
		const indent = this.#chance(3) ? { indent: this.#pick([1, 2, 3, 8]) } : {};
		const list = this.#pick([null, null, 'bullet', 'ordered', 'check'] as const);
		if (list === null) return indent;
		return { list, ...indent, ...(list === 'check' && this.#chance(2) ? { checked: true } : {}) };
	}

	#content(breaks: boolean): RichText[] {
		const runs: RichText[] = [];
		this.#ends = null;
		for (let count = this.#random.nat(6); count > 0; count--) {
			this.#ends = null;
			if (this.#chance(5)) {
				this.#ends = this.#authored();
				runs.push(...this.#changes(this.#ends, breaks));
			} else if (breaks && this.#chance(12)) {
				const marks = [{ type: 'brk', attrs: {} }, this.#suggestion('ins')];
				runs.push({ text: '¶', marks: orderedMarks(marks) });
			} else runs.push({ text: this.#words(), marks: orderedMarks(this.#marks()) });
		}
		return joined(runs) as RichText[];
	}

	#words(): string {
		return Array.from({ length: 1 + this.#random.nat(4) }, () => this.#pick(words)).join('');
	}

	#marks(): RichMark[] {
		const marks: RichMark[] = [];
		if (this.#chance(4)) marks.push({ type: 'strong', attrs: {} });
		if (this.#chance(4)) marks.push({ type: 'em', attrs: {} });
		if (this.#chance(6)) marks.push({ type: 'link', attrs: { href: this.#pick(links) } });
		if (this.#chance(10)) {
			const strong = marks.some(({ type }) => type === 'strong');
			const was = JSON.stringify({ mark: 'strong', attrs: strong ? null : {} });
			marks.push({ type: 'fmt', attrs: { ...this.#authored(), was } });
		}
		const ins = this.#chance(4);
		if (ins) marks.push(this.#suggestion('ins'));
		if (this.#chance(5)) marks.push(this.#suggestion('del', ins ? '+' : ''));
		return marks;
	}

	#suggestion(type: 'ins' | 'del', end = ''): RichMark {
		const authored = this.#authored();
		return { type, attrs: { ...authored, id: authored.id + end } };
	}

	/** No two within two minutes: what is side by side and of one time is one suggestion. */
	#authored(): Authored {
		const number = this.#ids++;
		return {
			by: this.#pick(people),
			at: from + number * 180_000 + this.#random.nat(60) * 1000,
			id: `s${number}`,
		};
	}

	#table(): RichNode {
		const columns = 1 + this.#random.nat(3);
		const header = this.#chance(2);
		const row = (attrs: Attributes): RichNode => {
			const lines = () => Array.from({ length: this.#chance(4) ? 2 : 1 }, () => paragraph({}, this.#content(false)));
			const content = Array.from({ length: columns }, (): RichNode => ({ name: 'cell', attrs, content: lines() }));
			return { name: 'row', attrs: {}, content };
		};
		const rows = Array.from({ length: 1 + this.#random.nat(3) }, (_, at) =>
			row(at === 0 && header ? { header: true } : {}),
		);
		return { name: 'table', attrs: {}, content: rows };
	}

	/** Some words in a row of a paragraph have comments, which may overlap. */
	#commented(blocks: RichNode[]): WrittenText {
		const threads: WrittenText['threads'][number][] = [];
		for (const [at, block] of blocks.entries()) {
			if (block.name !== 'paragraph' || block.content.length === 0 || !this.#chance(3)) continue;
			const id = `c${threads.length}`;
			const first = this.#random.nat(block.content.length);
			const last = first + this.#random.nat(block.content.length - first);
			if (
				block.content
					.slice(first, last + 1)
					.every((run) => 'text' in run && run.marks.some(({ type }) => type === 'brk'))
			)
				continue;
			const content = (block.content as RichText[]).map((run, index) =>
				index < first || index > last
					? run
					: { ...run, marks: orderedMarks([...run.marks, { type: 'comment', attrs: { id } }]) },
			);
			blocks[at] = { ...block, content };
			const entries = Array.from({ length: 1 + this.#random.nat(3) }, (_, index) => ({
				by: this.#pick(people),
				at: from + index * 60_000,
				text: `${id} ${this.#words()}.`.replace(/\t/g, ' '),
			}));
			threads.push({ id, resolved: this.#chance(3), entries });
		}
		return { blocks, threads };
	}

	#pick<T>(choices: readonly T[]): T {
		return choices[this.#random.nat(choices.length)] as T;
	}

	#chance(oneIn: number): boolean {
		return this.#random.nat(oneIn) === 0;
	}
}
