/**
 * What one wrote in a paragraph that another deletes, unseen, is kept; what another did meanwhile in the place of one's own is
 * told. Loaded when something waits.
 */
import { formatList } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from '#lib/state/app.svelte.ts';
import { documentTitle } from '#lib/state/document-title.ts';
import { keepUnseen } from '#lib/state/keep-unseen.ts';
import { nameOf } from '#lib/state/names.ts';
import type { Session } from '#lib/state/session.svelte.ts';
import { tellMeanwhile, type ToldCounts } from '#lib/state/told-meanwhile.ts';
import { toast } from '#lib/ui/toast.svelte.ts';

type Document = Parameters<typeof keepUnseen>[0];

/** Of a wording, as much as is said of it. Characters. */
const longest = 60;

export async function keepWords(session: Session, document: Document): Promise<void> {
	const app = () => (session.state.kind === 'open' ? session.state.app : null);
	const meanwhile = tellMeanwhile(session.api, document, {
		counts(replaced) {
			const open = app();
			if (open) tellCounts(open, replaced);
		},
		decision({ words, putBack }) {
			const text = m.review_kept_lost({ words: shortened(words) });
			if (app()) toast({ text, action: putBack ? { label: m.review_kept_back(), run: putBack } : undefined });
		},
	});
	const kept = keepUnseen(document, (takeBack) => {
		const open = app();
		if (!open) return;
		const title = documentTitle(document.name, open.directory);
		toast({ text: m.editor_words_kept({ title }), action: { label: m.editor_undo(), run: takeBack } });
	});
	await Promise.all([meanwhile, kept]);
}

function tellCounts(app: App, { title, mine, theirs, author, putBack }: ToldCounts): void {
	toast({
		text: m.meetings_counts_replaced({
			name: author === null ? m.meetings_counts_somebody() : nameOf(app, author),
			title: shortened(title || m.meetings_resolution()),
			theirs: countWords(theirs),
			mine: countWords(mine),
		}),
		action: { label: m.meetings_counts_mine(), run: putBack },
	});
}

const choices = ['yes', 'no', 'abstention'] as const;
const choiceWords = {
	yes: m.meetings_vote_yes,
	no: m.meetings_vote_no,
	abstention: m.meetings_vote_abstention,
} as const;

/** `Ja 3, Nein 1`. */
function countWords(counts: ToldCounts['mine']): string {
	return formatList(
		choices.flatMap((each) => (counts[each] === undefined ? [] : `${choiceWords[each]()} ${counts[each]}`)),
	);
}

function shortened(words: string): string {
	return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
