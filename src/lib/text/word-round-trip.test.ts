/**
 * What people write in an editor comes back from Word's format as it was: text, looks, lists, tables, links, suggestions with
 * who and when and what belongs to each, comments with their answers. Each text under its seed.
 */
import {
	isText,
	joined,
	orderedMarks,
	paragraph,
	type Attributes,
	type RichMark,
	type RichNode,
} from '#lib/documents/rich-body.ts';
import { suggestionId } from '#lib/documents/suggestion.ts';
import { expect, test } from 'vitest';
import { createRandom } from '../../../tests/support/random.ts';
import { WrittenTexts, type WrittenText } from '../../../tests/support/written-texts.ts';
import { docxToText } from './docx/from-docx.ts';
import { textToDocx } from './docx/to-docx.ts';

const runs = 300;

test(`${runs} texts as an editor makes them`, { timeout: 60_000 }, async () => {
	for (let seed = Number(process.env.SEED ?? 1), last = seed + runs; seed < last; seed++) {
		const { blocks, threads } = new WrittenTexts(createRandom(seed)).text();
		const file = textToDocx({
			title: '',
			sections: [{ title: 'Titel', blocks }],
			comments: threads,
			nameOf: (by) => by,
			language: 'de-DE',
		});
		let count = 0;
		const { sections, comments } = await docxToText(file, { by: 'me', at: 7, newId: () => `n${count++}` });
		const read = { blocks: sections.flatMap(({ blocks }) => blocks), threads: comments };
		const about = `SEED=${seed} vitest run --project rules src/lib/text/word-round-trip`;
		expect(likeAny(read), about).toEqual(likeAny({ blocks, threads }));
	}
});

/** Suggestions by their number in the text, so that the same is one on both sides; comments by what was said. */
function likeAny({ blocks, threads }: WrittenText) {
	const said = new Map(threads.map(({ id, entries }) => [id, entries[0]?.text]));
	const numbers = new Map<string, number>();
	const numberOf = (id: string) => {
		const own = suggestionId(id);
		numbers.set(own, numbers.get(own) ?? numbers.size);
		return `${numbers.get(own)}${id.slice(own.length)}`;
	};
	const nameless = (value: unknown) =>
		typeof value === 'string'
			? value
					.replace(/"id":"([^"]*)"/g, (_all, id: string) => `"id":"${numberOf(id)}"`)
					.replace(/"by":"word:/g, '"by":"')
			: value;
	const mark = ({ type, attrs }: RichMark): RichMark => {
		if (type === 'comment') return { type, attrs: { id: said.get(String(attrs.id)) } };
		if (attrs.by === undefined) return { type, attrs };
		return { type, attrs: { ...attrs, id: numberOf(String(attrs.id)), by: String(attrs.by).replace(/^word:/, '') } };
	};
	const like = (node: RichNode): RichNode => {
		const attrs: Attributes = Object.fromEntries(
			Object.entries(node.attrs)
				.sort(([a], [b]) => (a < b ? -1 : 1))
				.map(([key, value]) => [key, nameless(value)]),
		);
		const content = node.content.map((child) =>
			isText(child) ? { text: child.text, marks: orderedMarks(marksOf(child.marks).map(mark)) } : like(child),
		);
		return node.name === 'paragraph' ? paragraph(attrs, joined(content)) : { ...node, attrs, content };
	};
	return {
		blocks: blocks.map(like),
		threads: threads
			.map(({ resolved, entries }) => ({
				resolved,
				entries: entries.map((entry) => ({ ...entry, by: entry.by.replace(/^word:/, '') })),
			}))
			.sort((a, b) => ((a.entries[0]?.text ?? '') < (b.entries[0]?.text ?? '') ? -1 : 1)),
	};
}

/** No file puts a comment on a break. */
function marksOf(marks: readonly RichMark[]): readonly RichMark[] {
	const isBreak = marks.some(({ type }) => type === 'brk');
	return isBreak ? marks.filter(({ type }) => type !== 'comment') : marks;
}
