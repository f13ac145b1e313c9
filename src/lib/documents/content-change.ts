/** What differs between two contents of one issue, in words as a reader would look for it. */
import type { ArticleOutline, ContentOutline } from './bulletin-content.ts';

export type ContentChange =
	| { what: 'title' | 'date' | 'language' | 'order' }
	| { what: 'text' | 'added' | 'removed'; title: string }
	| { what: 'renamed'; title: string; before: string };

export function changesBetween(before: ContentOutline, now: ContentOutline): ContentChange[] {
	const facts = (['title', 'date', 'language'] as const).filter((field) => before[field] !== now[field]);
	const known = byId(before.articles);
	const present = byId(now.articles);
	return [
		...facts.map((what) => ({ what })),
		...now.articles.flatMap((article) => articleChanges(known.get(article.id), article)),
		...before.articles.filter(({ id }) => !present.has(id)).map(({ title }) => ({ what: 'removed' as const, title })),
		...(isReordered(before.articles, now.articles) ? [{ what: 'order' as const }] : []),
	];
}

function articleChanges(before: ArticleOutline | undefined, { title, digest }: ArticleOutline): ContentChange[] {
	if (!before) return [{ what: 'added', title }];
	const changes: ContentChange[] = [];
	if (before.title !== title) changes.push({ what: 'renamed', title, before: before.title });
	if (before.digest !== digest) changes.push({ what: 'text', title });
	return changes;
}

/** Whether those that are in both stand in another order. */
function isReordered(before: readonly ArticleOutline[], now: readonly ArticleOutline[]): boolean {
	const shared = (articles: readonly ArticleOutline[], others: ReadonlyMap<string, ArticleOutline>) =>
		articles
			.filter(({ id }) => others.has(id))
			.map(({ id }) => id)
			.join(' ');
	return shared(before, byId(now)) !== shared(now, byId(before));
}

function byId(articles: readonly ArticleOutline[]): Map<string, ArticleOutline> {
	return new Map(articles.map((article) => [article.id, article]));
}
