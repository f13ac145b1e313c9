/** Suggestions and comments come back from Markdown and Word, whatever stands around them: each body under its seed. */
import { isText, joined, textOf, type RichChild, type RichNode } from '#lib/documents/rich-body.ts';
import { expect, test } from 'vitest';
import { HostileBodies } from '../../../tests/support/hostile-bodies.ts';
import { createRandom } from '../../../tests/support/random.ts';
import { docxToText } from './docx/from-docx.ts';
import { textToDocx } from './docx/to-docx.ts';
import { asSaid } from './flavour.ts';
import { commentsOf, type Imported } from './imported.ts';
import { readTextFile } from './read-file.ts';
import { blocksToMarkdown } from './to-markdown.ts';

const runs = 120;
const names = ['ins', 'del', 'brk', 'link', 'strong', 'em'];

/** What is left of a block where nobody is named: its text with the kinds of its marks. */
function shown(node: RichNode): unknown {
	if (node.name !== 'paragraph')
		return [node.name, ...node.content.map((child) => (isText(child) ? child : shown(child)))];
	const content = node.content.map((child): RichChild => {
		if (!isText(child)) return { text: textOf(child), marks: [] };
		const kinds = names.filter((name) => child.marks.some(({ type }) => type === name));
		return { text: child.text, marks: kinds.map((type) => ({ type, attrs: {} })) };
	});
	const { level, list, indent, checked } = node.attrs;
	return { level, list, indent, checked, content: joined(content) };
}

function saidIn({ sections, comments }: Imported): string[] {
	const known = commentsOf(sections);
	return comments.flatMap(({ id, entries }) => (known.has(id) ? entries.map(({ text }) => text) : [])).sort();
}

function importer() {
	let count = 0;
	return { by: 'me', at: 7, newId: () => `n${count++}` };
}

function commentIds(blocks: readonly RichNode[]): string[] {
	return [...commentsOf([{ title: '', blocks: [...blocks] }])];
}

test.each(['marks', 'critic'] as const)(`${runs} bodies in Markdown: %s`, { timeout: 60_000 }, async (flavour) => {
	for (let seed = 1; seed <= runs; seed++) {
		const body = new HostileBodies(createRandom(seed)).body();
		const commentWords = (id: string) => [{ name: 'Mara', text: `zu ${id}` }];
		const markdown = blocksToMarkdown(body, { flavour, commentWords });
		const bytes = Buffer.from(`# Titel\n\n${markdown}`);
		const imported = await readTextFile({ name: 'a.md', bytes }, importer(), {});
		const blocks = imported.sections.flatMap(({ blocks }) => blocks);
		expect(blocks.map(shown), `seed ${seed}:\n${markdown}`).toEqual(body.map((block) => shown(asSaid(block, flavour))));
		const expected = flavour === 'critic' ? commentIds(body).map((id) => `zu ${id}`) : [];
		expect(saidIn(imported), `seed ${seed}:\n${markdown}`).toEqual(expected.sort());
	}
});

test(`${runs} bodies in Word's format`, { timeout: 60_000 }, async () => {
	for (let seed = 1; seed <= runs; seed++) {
		const body = new HostileBodies(createRandom(seed)).body();
		const ids = commentIds(body);
		const comments = ids.map((id) => ({ id, resolved: false, entries: [{ by: 'mara', at: 1000, text: `zu ${id}` }] }));
		const sections = [{ title: 'Titel', blocks: body }];
		const file = textToDocx({ title: 'R', sections, comments, nameOf: (by) => by, language: 'de-DE' });
		const imported = await docxToText(file, importer());
		const words = (blocks: readonly RichNode[]) => blocks.map(withoutBreaks).map(textOf).join('');
		expect(words(imported.sections.flatMap(({ blocks }) => blocks)), `seed ${seed}`).toBe(words(body));
		expect(saidIn(imported), `seed ${seed}`).toEqual(ids.map((id) => `zu ${id}`).sort());
	}
});

/** A suggested break is a paragraph's end there, whatever sign stands for it here. */
function withoutBreaks(node: RichNode): RichNode {
	const content = node.content.flatMap((child): RichChild[] => {
		if (!isText(child)) return [withoutBreaks(child)];
		return child.marks.some(({ type }) => type === 'brk') ? [] : [child];
	});
	return { ...node, content };
}
