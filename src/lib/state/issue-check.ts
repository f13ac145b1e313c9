/**
 * The checker over a whole issue: how much there is to say about its title and about each article, titles included. Loaded
 * when somebody looks at an issue.
 */
import { bodyRoot, readBody, type Block, type TextBlock } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { readLeft } from '#lib/documents/left-as-is.ts';
import { breakSign } from '#lib/documents/suggestion.ts';
import { ownTitle, type Article } from '#lib/domain/bulletin.ts';
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import { checkText } from '#lib/domain/checker/check-text.ts';
import { checkTitle } from '#lib/domain/checker/check-title.ts';
import { findingKey } from '#lib/domain/checker/finding.ts';
import { asRead } from '#lib/domain/checker/live-dates.ts';
import type { FactMention } from '#lib/domain/checker/reading.ts';
import type * as Y from 'yjs';

export type HintedArticle = { id: string; title: string; count: number };

/** What was said of a paragraph before: the same words say the same. For one calendar. */
export type Checked = Map<string, string[]>;

export type Hinted = {
	/** How much there is to say about the issue's own title. */
	title: number;
	/** Articles that there is something to say about, in their order. */
	articles: HintedArticle[];
	/** Articles whose title there is something to say about, what was left as it is included. */
	titles: ReadonlySet<string>;
};

/**
 * What was left as it is does not count.
 *
 * @param title the issue's own, which is not in its document
 */
export function checkIssue(doc: Y.Doc, title: string, calendar: Calendar, known: Checked): Hinted {
	const left = readLeft(doc);
	const open = (root: string, keys: string[]) => keys.filter((key) => !left.get(root)?.has(key)).length;
	const all = readBulletin(doc).articles;
	const articles = all
		.map(({ id, title }) => {
			const root = bodyRoot(id);
			const texts = readBody(doc, root).flatMap(textsOf);
			const keys = texts.flatMap((text) => checked(text, calendar, known));
			return { id, title, count: open(root, [...titleKeys(title, calendar), ...keys]) };
		})
		.filter(({ count }) => count > 0);
	return { title: open(ownTitle, titleKeys(title, calendar)), articles, titles: titlesIn(all, calendar) };
}

function titlesIn(articles: readonly Article[], calendar: Calendar): ReadonlySet<string> {
	return new Set(articles.filter(({ title }) => titleKeys(title, calendar).length > 0).map(({ id }) => id));
}

function textsOf(block: Block): TextBlock[] {
	if (block.kind === 'text') return [block];
	return block.kind === 'table' ? block.rows.flat().flatMap(({ blocks }) => blocks) : [];
}

function checked(block: TextBlock, calendar: Calendar, known: Checked): string[] {
	const { text, facts } = toCheck(block);
	const named = text + facts.map(({ at, kind, of, form }) => `\n${at} ${kind} ${of} ${form}`).join('');
	const before = known.get(named);
	if (before) return before;
	const keys = checkText(text, calendar, facts).map((finding) =>
		findingKey(finding, asRead(text, finding, facts, calendar)),
	);
	known.set(named, keys);
	return keys;
}

function titleKeys(title: string, calendar: Calendar): string[] {
	return checkTitle(title, calendar).map((finding) => findingKey(finding, title.slice(finding.from, finding.to)));
}

/** As the editor reads a paragraph: without what is to go, with one character for a fact. */
function toCheck({ spans }: TextBlock): { text: string; facts: FactMention[] } {
	let text = '';
	const facts: FactMention[] = [];
	for (const { text: words, fact, ins, del } of spans) {
		if (del || (ins && words === breakSign)) continue;
		if (fact) facts.push({ at: text.length, kind: fact.kind, of: fact.of, form: fact.form });
		text += fact ? '\ufffc' : words;
	}
	return { text, facts };
}
