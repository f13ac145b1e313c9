/** What a file suggests in a title, said of its article: the title itself can hold no suggestions. */
import { commentLimits } from '#lib/documents/talks.ts';
import type { NewThread } from '#lib/documents/import-text.ts';
import { isText, type RichMark, type RichNode } from '#lib/documents/rich-body.ts';
import { newId } from '#lib/domain/id.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { breaksIn, strikes } from '#lib/text/block-suggestion.ts';
import { inParts } from '#lib/text/imported.ts';

type Change = { type: 'ins' | 'del'; words: string };
type Changes = { by: string; at: number; all: Change[] };

/** A thread about the title as it was, with a remark of each who suggests something in it. */
export function threadOnTitle(heading: RichNode, root: string): NewThread {
	const entries = changesIn(heading).flatMap(({ by, at, all }) =>
		inParts({ by, at, text: m.exchange_title_tracked({ changes: all.map(inWords).join(', ') }) }),
	);
	return {
		id: newId(),
		root,
		quote: titleBefore(heading).slice(0, commentLimits.quote),
		resolvedBy: null,
		remarks: entries.map((entry) => ({ ...entry, id: newId() })),
	};
}

function inWords({ type, words }: Change): string {
	return type === 'ins' ? m.exchange_title_inserted({ words }) : m.exchange_title_struck({ words });
}

/** By author; what one did side by side is one change. */
function changesIn({ content }: RichNode): Changes[] {
	const changes = new Map<string, Changes>();
	for (const child of content) {
		if (!isText(child)) continue;
		for (const mark of child.marks.filter((mark) => suggests(mark, child.marks))) {
			const by = String(mark.attrs.by);
			const own = changes.get(by) ?? { by, at: Number(mark.attrs.at), all: [] };
			changes.set(by, own);
			own.all.push({ type: mark.type as Change['type'], words: breaksIn(child) > 0 ? '¶' : child.text.trim() });
		}
	}
	return [...changes.values()];
}

function suggests(mark: RichMark, marks: readonly RichMark[]): boolean {
	return mark.type === 'ins' || strikes(mark, marks);
}

function titleBefore({ content }: RichNode): string {
	const agreed = content.filter((child) => isText(child) && child.marks.every(({ type }) => type !== 'ins'));
	return agreed
		.map((child) => (isText(child) ? child.text : ''))
		.join('')
		.replace(/\s+/g, ' ')
		.trim();
}
