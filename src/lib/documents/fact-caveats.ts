/** What of an issue does not hold, or is missing: to be said before the issue is approved and before it goes out. */
import { caveatsOf, readFact, type Caveat, type FactSources } from '#lib/domain/facts/fact.ts';
import type * as Y from 'yjs';
import type { Article } from '#lib/domain/bulletin.ts';
import { bodyRoot, isBodyEmpty, readBody } from './body.ts';
import { readBulletin } from './bulletin.ts';
import { factsIn } from './freeze-facts.ts';

export type FactCaveat = {
	articleId: string;
	/** Of the article. */
	title: string;
	/** As the fact is shown. */
	text: string;
	caveat: Caveat;
};

/** In the order of the text; what an article says twice in the same words is named once. */
export function caveatsIn(doc: Y.Doc, sources: FactSources): FactCaveat[] {
	return readBulletin(doc).articles.flatMap(({ id: articleId, title }) => {
		const found = new Map<string, FactCaveat>();
		for (const fact of factsIn(readBody(doc, bodyRoot(articleId)))) {
			const reading = readFact(fact, sources);
			for (const caveat of caveatsOf(reading))
				found.set(`${caveat} ${reading.text}`, { articleId, title, text: reading.text, caveat });
		}
		return [...found.values()];
	});
}

/** Articles in which nothing stands: they would go out as a heading alone. */
export function emptyArticles(doc: Y.Doc): Article[] {
	return readBulletin(doc).articles.filter(({ id }) => isBodyEmpty(doc, bodyRoot(id)));
}
