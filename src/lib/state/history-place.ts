/** Which document a history is of, how it is called, and where it is written. */
import { readAgenda } from '#lib/documents/agenda.ts';
import { entryOf } from '#lib/domain/beside.ts';
import { dateOf } from '#lib/domain/local-time.ts';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { parseDocumentName, toDocumentName, type DocumentName } from '#lib/protocol/document-name.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from './app.svelte.ts';
import { historyKinds, type HistoryKind } from './document-sections.ts';
import { Facts } from './facts.svelte.ts';
import { nameOf, nameOfMeeting } from './names.ts';
import type { Session } from './session.svelte.ts';
import { DocumentHistory, type HistoryParts } from './versions.svelte.ts';
import { seenStatesOf } from './visit.svelte.ts';

export type HistoryPlace = {
	name: DocumentName;
	kind: HistoryKind;
	/** Of the issue, or of the meeting. */
	id: string;
	title: string;
	href: string;
	writes: boolean;
};

/** @returns null for what has no history, or none that this person may see */
export function historyPlaceOf(app: App, text: string): HistoryPlace | null {
	const parsed = parseDocumentName(text);
	if (!parsed || !historyKinds.includes(parsed.kind)) return null;
	const { name, id } = parsed;
	const kind = parsed.kind as HistoryKind;
	const access = accessOf(app.me.role, kind);
	if (access === 'none') return null;
	const shared = { name, kind, id, writes: access === 'write' };
	if (kind === 'bulletin') {
		const bulletin = app.directory.bulletins.find((each) => each.id === id);
		return bulletin ? { ...shared, title: bulletin.title || m.bulletins_untitled(), href: `/bulletins/${id}` } : null;
	}
	const meeting = app.directory.meetings.find((each) => each.id === id);
	const word = kind === 'minutes' ? m.meetings_minutes() : m.meetings_agenda();
	return meeting
		? { ...shared, title: `${word}: ${nameOfMeeting(app, meeting)}`, href: `/meetings/${id}/${kind}` }
		: null;
}

/** Whoever opens one closes it. Call while a component initialises. */
export function openHistory(
	app: App,
	session: Session,
	{ name, kind, id }: HistoryPlace,
	factWords: HistoryParts['factWords'],
): DocumentHistory {
	const handle = app.workspace.open(name, { present: false });
	// Minutes are written for the items of an agenda, which has their titles.
	const agenda = kind === 'minutes' ? app.workspace.open(toDocumentName('agenda', id), { present: false }) : null;
	const itemOf = (itemId: string): string => {
		const { items = [], removed = [] } = agenda ? readAgenda(agenda.doc) : {};
		return [...items, ...removed].find((item) => item.id === itemId)?.title || m.meetings_item_untitled();
	};
	const entry = () => entryOf(app.directory, { kind, id });
	const facts = new Facts(app, () => entry()['date'] ?? dateOf(entry()['start'] ?? ''), handle, getLocale);
	return new DocumentHistory({
		api: session.api,
		name,
		kind,
		handle,
		seen: seenStatesOf(app),
		names: { personOf: (personId) => nameOf(app, personId), itemOf },
		entry,
		facts,
		factWords,
		now: Date.now,
		release: () => {
			handle.release();
			agenda?.release();
		},
	});
}
