/** Whatever a body holds comes back from Markdown as it was: two thousand hostile bodies, each under its seed. */
import { isText, joined, type RichNode } from '#lib/documents/rich-body.ts';
import { safeHref } from '#lib/domain/href.ts';
import { blocksToMarkdown } from '#lib/text/to-markdown.ts';
import { markdownToBlocks } from '#lib/text/from-markdown.ts';
import { expect, test } from 'vitest';
import { HostileBodies } from '../support/hostile-bodies.ts';
import { createRandom } from '../support/random.ts';

const runs = 2000;
const first = Number(process.env.SEED ?? 1);

test(`${runs} bodies, by way of Markdown`, { timeout: 300_000 }, () => {
	for (let seed = first; seed < first + runs; seed++) {
		const body = new HostileBodies(createRandom(seed)).body().map(withSafeLinks);
		const markdown = blocksToMarkdown(body, { flavour: 'exact' });
		const read = markdownToBlocks(markdown, { by: 'mara', at: 7, newId: () => 'n' });
		expect(read, `SEED=${seed} vitest run --project sync tests/sync/markdown-round-trip\n${markdown}`).toEqual(body);
	}
});

/** Addresses that no link may lead to are the one thing that reading leaves out. */
function withSafeLinks(node: RichNode): RichNode {
	const content = node.content.map((child) =>
		isText(child)
			? { ...child, marks: child.marks.filter(({ type, attrs }) => type !== 'link' || safeHref(attrs.href) !== null) }
			: withSafeLinks(child),
	);
	return { ...node, content: node.name === 'paragraph' ? joined(content) : content };
}
