/** What the checker says of a whole issue, read when the text rests. Call while a component initialises. */
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import type { OpenBulletin } from './bulletin.svelte.ts';
import type { Checked, HintedArticle } from './issue-check.ts';

/** Longer than the pause after which an editor underlines. Milliseconds. */
const restMs = 600;

export class IssueHints {
	#articles = $state.raw<readonly HintedArticle[]>([]);

	constructor(issue: OpenBulletin, calendar: () => Calendar) {
		$effect(() => {
			if (issue.loaded && issue.writes) return this.#watch(issue, calendar());
		});
	}

	/** Those that there is something to say about. */
	get articles(): readonly HintedArticle[] {
		return this.#articles;
	}

	get count(): number {
		return this.#articles.reduce((sum, { count }) => sum + count, 0);
	}

	#watch({ handle: { doc } }: OpenBulletin, calendar: Calendar): () => void {
		const known: Checked = new Map();
		let timer: ReturnType<typeof setTimeout> | undefined;
		let gone = false;
		const read = async () => {
			// Without it the editors still underline; it is a part of this page like they are.
			const part = await import('./issue-check.ts').catch(() => null);
			if (part && !gone) this.#articles = part.checkIssue(doc, calendar, known);
		};
		const changed = () => {
			clearTimeout(timer);
			timer = setTimeout(() => void read(), restMs);
		};
		doc.on('update', changed);
		changed();
		return () => {
			gone = true;
			clearTimeout(timer);
			doc.off('update', changed);
		};
	}
}
