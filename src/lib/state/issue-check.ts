/** The checker over a whole issue: how much there is to say about each article. Loaded when somebody looks at an issue. */
import { bodyRoot, readBody, type Block, type TextBlock } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { readLeft } from '#lib/documents/left-as-is.ts';
import { breakSign } from '#lib/documents/suggestion.ts';
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import { checkText } from '#lib/domain/checker/check-text.ts';
import { findingKey } from '#lib/domain/checker/finding.ts';
import type { FactMention } from '#lib/domain/checker/reading.ts';
import type * as Y from 'yjs';

export type HintedArticle = { id: string; title: string; count: number };

/** What was said of a paragraph before: the same words say the same. For one calendar. */
export type Checked = Map<string, string[]>;

/** Articles that there is something to say about, in their order; what was left as it is does not count. */
export function checkIssue(doc: Y.Doc, calendar: Calendar, known: Checked): HintedArticle[] {
	const left = readLeft(doc);
	return readBulletin(doc)
		.articles.map(({ id, title }) => {
			const root = bodyRoot(id);
			const keys = readBody(doc, root)
				.flatMap(textsOf)
				.flatMap((text) => checked(text, calendar, known));
			return { id, title, count: keys.filter((key) => !left.get(root)?.has(key)).length };
		})
		.filter(({ count }) => count > 0);
}

function textsOf(block: Block): TextBlock[] {
	if (block.kind === 'text') return [block];
	return block.kind === 'table' ? block.rows.flat().flatMap(({ blocks }) => blocks) : [];
}

function checked(block: TextBlock, calendar: Calendar, known: Checked): string[] {
	const { text, facts } = toCheck(block);
	const named = text + facts.map(({ at, kind, of }) => `\n${at} ${kind} ${of}`).join('');
	const before = known.get(named);
	if (before) return before;
	const keys = checkText(text, calendar, facts).map((finding) =>
		findingKey(finding, text.slice(finding.from, finding.to)),
	);
	known.set(named, keys);
	return keys;
}

/** As the editor reads a paragraph: without what is to go, with one character for a fact. */
function toCheck({ spans }: TextBlock): { text: string; facts: FactMention[] } {
	let text = '';
	const facts: FactMention[] = [];
	for (const { text: words, fact, ins, del } of spans) {
		if (del || (ins && words === breakSign)) continue;
		if (fact) facts.push({ at: text.length, kind: fact.kind, of: fact.of });
		text += fact ? '\ufffc' : words;
	}
	return { text, facts };
}
