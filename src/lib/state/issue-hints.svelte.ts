/** What the checker says of a whole issue, read when the text rests. Call while a component initialises. */
import type { Calendar } from '#lib/domain/checker/calendar.ts';
import type { OpenBulletin } from './bulletin.svelte.ts';
import type { Checked, Hinted, HintedArticle } from './issue-check.ts';

/** Longer than the pause after which an editor underlines. Milliseconds. */
const restMs = 600;

export class IssueHints {
	#found = $state.raw<Hinted | null>(null);

	/** @param title the issue's own */
	constructor(issue: OpenBulletin, title: () => string, calendar: () => Calendar) {
		$effect(() => {
			if (issue.loaded && issue.writes) return this.#watch(issue, title(), calendar());
		});
	}

	/** Whether the text was read; before, there is nothing to say about it. */
	get known(): boolean {
		return this.#found !== null;
	}

	/** Those that there is something to say about. */
	get articles(): readonly HintedArticle[] {
		return this.#found?.articles ?? [];
	}

	/** How many of them are on the issue's own title. */
	get title(): number {
		return this.#found?.title ?? 0;
	}

	/** Whether an article's title has something to be said beneath it. */
	isOnTitle(id: string): boolean {
		return this.#found?.titles.has(id) ?? false;
	}

	get count(): number {
		return this.articles.reduce((sum, { count }) => sum + count, this.title);
	}

	#watch({ handle: { doc } }: OpenBulletin, title: string, calendar: Calendar): () => void {
		const known: Checked = new Map();
		let timer: ReturnType<typeof setTimeout> | undefined;
		let gone = false;
		const read = async () => {
			// Without it the editors still underline; it is a part of this page like they are.
			const part = await import('./issue-check.ts').catch(() => null);
			if (part && !gone) this.#found = part.checkIssue(doc, title, calendar, known);
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
