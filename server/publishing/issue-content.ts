/**
 * What goes out: an issue's text with its facts frozen, and nothing else. It is made once, at publication, kept as JSON,
 * and everything that the public gets is a rendering of it. Invariant: it holds no comment, no suggestion, and no
 * character that XML or a mail could not carry; and whose name was put into it, so that it can be taken out again.
 */
import { readBody, bodyRoot, type Block, type Cell, type Span, type TextBlock } from '#lib/documents/body.ts';
import { readBulletin } from '#lib/documents/bulletin.ts';
import { lackingColumns } from '#lib/documents/full-rows.ts';
import type { BulletinFacts } from '#lib/domain/bulletin.ts';
import { freezeFacts, mapSpans } from '#lib/documents/freeze-facts.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import type * as Y from 'yjs';

export type IssueContent = BulletinFacts & { articles: ArticleContent[] };
export type ArticleContent = { title: string; blocks: Block[] };

/** @param sources what facts show, from now on for ever */
export function toContent(doc: Y.Doc, { title, date, language }: BulletinFacts, sources: FactSources): IssueContent {
	const articles = readBulletin(doc).articles.map((article) => ({
		title: cleanText(article.title).trim(),
		blocks: freezeFacts(readBody(doc, bodyRoot(article.id)), sources).blocks.flatMap(toPublic),
	}));
	return {
		title: cleanText(title).trim(),
		date,
		language,
		articles: articles.filter((article) => article.title !== '' || article.blocks.length > 0),
	};
}

function toPublic(block: Block): Block[] {
	if (block.kind === 'rule') return [{ kind: 'rule' }];
	if (block.kind === 'text') return isBlank(block) ? [] : [textBlock(block)];
	const lacking = lackingColumns(block.rows);
	const rows = block.rows.map((cells, at) => [
		...cells.map(({ header, colspan, rowspan, blocks }) => ({
			header,
			colspan,
			rowspan,
			blocks: blocks.map(textBlock),
		})),
		...emptyCell(cells, lacking[at]),
	]);
	return rows.some((cells) => cells.length > 0) ? [{ kind: 'table', rows }] : [];
}

/** One for whatever columns a row lacks. */
function emptyCell(cells: readonly Cell[], columns = 0): Cell[] {
	const header = cells.length > 0 && cells.every((cell) => cell.header);
	return columns > 0 ? [{ header, colspan: columns, rowspan: 1, blocks: [] }] : [];
}

/** Field by field: what the reading may hold besides is not for the public. */
function textBlock({ level, list, indent, checked, spans }: TextBlock): TextBlock {
	return { kind: 'text', level, list, indent, checked, spans: spans.map(toSpan) };
}

function toSpan({ text, strong, em, href, holder }: Span): Span {
	const named = holder && { holder: { id: holder.id, nameless: cleanText(holder.nameless) } };
	return { text: cleanText(text), strong, em, href, ins: false, del: false, ...named };
}

/** @returns the same without a person's name where a fact had put it; null where it had nowhere */
export function withoutName(content: IssueContent, personId: string): IssueContent | null {
	let found = false;
	const toNameless = (span: Span): Span => {
		const { holder, ...plain } = span;
		if (holder?.id !== personId) return span;
		found = true;
		return { ...plain, text: holder.nameless };
	};
	const articles = content.articles.map((article) => ({
		...article,
		blocks: article.blocks.map((block) => mapSpans(block, toNameless)),
	}));
	return found ? { ...content, articles } : null;
}

function isBlank({ list, spans }: TextBlock): boolean {
	return list === null && spans.every(({ text }) => text.trim() === '');
}

/** Controls, half characters and non-characters are nothing that anybody wrote; XML has no form for them. */
export function cleanText(text: string): string {
	// eslint-disable-next-line no-control-regex -- these are the ones to take out
	return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, '');
}
