/** Blocks of text as markup: the public page, the feed and the mail differ in the attributes that elements get. */
import type { Block, Cell, Span, TextBlock } from '#lib/documents/body.ts';
import { toTree, type Branch, type Item, type ListBranch } from '#lib/documents/body-tree.ts';
import { safeHref } from '#lib/domain/href.ts';
import type { Language } from '#lib/domain/bulletin.ts';
import { markup, type Markup } from './markup.ts';
import { wordsIn } from './words.ts';

/** The attributes of an element, with a space before them. */
export type Look = (
	element: 'p' | 'h3' | 'h4' | 'h5' | 'ul' | 'ol' | 'li' | 'hr' | 'table' | 'th' | 'td' | 'a',
) => Markup;

export type Manner = {
	look: Look;
	language: Language;
	/** A paragraph that belongs to what is above it. */
	indented: (indent: number) => Markup;
	/** What a table stands in, so that it can be moved on a narrow screen. */
	around: (table: Markup) => Markup;
};

const nothing = markup``;

/** Without attributes, as a feed has it. */
export function plainManner(language: Language): Manner {
	return { look: () => nothing, indented: () => nothing, around: (table) => table, language };
}

export function blocksMarkup(blocks: readonly Block[], manner: Manner): Markup {
	return branches(toTree(blocks), manner);
}

function branches(given: readonly Branch[], manner: Manner): Markup {
	return markup`${given.map((branch) => (branch.kind === 'list' ? list(branch, manner) : block(branch.block, manner)))}`;
}

function list(branch: ListBranch, manner: Manner): Markup {
	const { look } = manner;
	const items = branch.items.map((item) => listItem(item, branch.list === 'check', manner));
	return branch.list === 'ordered' ? markup`<ol${look('ol')}>${items}</ol>` : markup`<ul${look('ul')}>${items}</ul>`;
}

function listItem({ block: own, children }: Item, checks: boolean, manner: Manner): Markup {
	const tick = checks && tickOf(own, manner.language);
	return markup`<li${manner.look('li')}>${tick}${spans(own, manner)}${branches(children, manner)}</li>`;
}

function tickOf({ checked }: TextBlock, language: Language): Markup {
	const words = wordsIn(language);
	return markup`<span role="img" aria-label="${checked ? words.done : words.open}">${checked ? '☑' : '☐'}</span> `;
}

function block(given: Block, manner: Manner): Markup {
	const { look } = manner;
	if (given.kind === 'rule') return markup`<hr${look('hr')}>`;
	if (given.kind === 'table') return manner.around(table(given.rows, manner));
	const text = spans(given, manner);
	switch (given.level) {
		case 1:
			return markup`<h3${look('h3')}>${text}</h3>`;
		case 2:
			return markup`<h4${look('h4')}>${text}</h4>`;
		case 3:
			return markup`<h5${look('h5')}>${text}</h5>`;
		default:
			return markup`<p${given.indent > 0 ? manner.indented(given.indent) : look('p')}>${text}</p>`;
	}
}

function table(rows: readonly Cell[][], manner: Manner): Markup {
	const body = rows.map((cells) => markup`<tr>${cells.map((cell) => tableCell(cell, manner))}</tr>`);
	return markup`<table${manner.look('table')}><tbody>${body}</tbody></table>`;
}

function tableCell({ header, colspan, rowspan, blocks }: Cell, manner: Manner): Markup {
	const width = colspan > 1 && markup` colspan="${colspan}"`;
	const height = rowspan > 1 && markup` rowspan="${rowspan}"`;
	const text = blocks.map((inner, index) => markup`${index > 0 && markup`<br>`}${spans(inner, manner)}`);
	return header
		? markup`<th${manner.look('th')}${width}${height}>${text}</th>`
		: markup`<td${manner.look('td')}${width}${height}>${text}</td>`;
}

function spans(given: TextBlock, manner: Manner): Markup {
	return markup`${given.spans.map((span) => linked(span, manner))}`;
}

function linked(span: Span, manner: Manner): Markup {
	const href = safeHref(span.href);
	const text = strong(span);
	return href === null ? text : markup`<a href="${href}" rel="noopener noreferrer"${manner.look('a')}>${text}</a>`;
}

function strong(span: Span): Markup {
	const text = span.em ? markup`<em>${lines(span.text)}</em>` : lines(span.text);
	return span.strong ? markup`<strong>${text}</strong>` : text;
}

/** A line break is a character in the text. */
function lines(text: string): Markup {
	return markup`${text.split('\n').map((line, index) => markup`${index > 0 && markup`<br>`}${line}`)}`;
}
