/** Starts an issue of the bulletin from a meeting: with what this device has, whether there is a network or not. */
import { readAgenda } from '#lib/documents/agenda.ts';
import { closedItemIds } from '#lib/documents/closed-items.ts';
import { addBulletin } from '#lib/documents/change-directory.ts';
import { factSources } from '#lib/documents/fact-sources.ts';
import { draftIssue, writeDraft, type Brought } from '#lib/documents/issue-from-meeting.ts';
import { issueIdOf } from '#lib/documents/issue-of-meeting.ts';
import { readMinutes } from '#lib/documents/minutes.ts';
import type { Language } from '#lib/domain/bulletin.ts';
import { dateOf } from '#lib/domain/local-time.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type { App } from './app.svelte.ts';
import { nameOfMeeting } from './names.ts';
import { presentName } from './present-name.ts';

/** How long a document may take that this device has never seen. Milliseconds. */
const patience = 5000;

/**
 * @param inNew what it is written in, unless it is there already
 * @returns the issue's id, and whether it is new in the list; pressed again it is the same issue, with what has come to the
 *   meeting since, and that is counted
 */
export async function startIssue(
	app: App,
	meeting: Meeting,
	inNew: Language,
): Promise<{ id: string; isNew: boolean; brought: Brought }> {
	const id = issueIdOf(meeting.id);
	const open = (kind: 'agenda' | 'minutes' | 'bulletin', of: string) =>
		app.workspace.open(toDocumentName(kind, of), { present: false });
	const handles = [open('agenda', meeting.id), open('minutes', meeting.id), open('bulletin', id)] as const;
	try {
		await Promise.all(handles.map(whenKnown));
		const [agenda, minutes, issue] = handles;
		const { resolutions } = readMinutes(minutes.doc);
		const { meetings, rosters, bulletins } = app.directory;
		const language = bulletins.find((bulletin) => bulletin.id === id)?.language ?? inNew;
		const articles = draftIssue(
			{
				meeting,
				name: nameOfMeeting(app, meeting),
				items: readAgenda(agenda.doc).items,
				resolutions,
				meetings: meetings.map((each) => ({ ...each, name: nameOfMeeting(app, each) })),
				actions: rosters,
			},
			wordsFor(nameOfMeeting(app, meeting), language),
		);
		const sources = factSources({
			directory: app.directory,
			rosterOf: () => undefined,
			minutesOf: (of) => (of === meeting.id ? { resolutions } : undefined),
			closedItemsOf: (of) => (of === meeting.id ? closedItemIds(agenda.doc) : undefined),
			personName: (of) => presentName(app, of),
		});
		const brought = writeDraft(issue.doc, articles, sources);
		return { id, isNew: list(app, id, meeting, language), brought };
	} finally {
		for (const handle of handles) handle.release();
	}
}

/** @returns false when it is in the list already */
function list(app: App, id: string, meeting: Meeting, language: Language): boolean {
	if (app.directory.bulletins.some((bulletin) => bulletin.id === id)) return false;
	const title = m.bulletins_from_title({ name: nameOfMeeting(app, meeting) }, { locale: language });
	addBulletin(app.directoryHandle.doc, { id, title, date: dateOf(meeting.start), language, status: 'draft' });
	return true;
}

function wordsFor(name: string, language: Language) {
	const inIt = { locale: language };
	return {
		language,
		about: m.bulletins_from_about({}, inIt),
		next: m.bulletins_from_next({}, inIt),
		meeting: m.bulletins_from_meeting({ name }, inIt),
		place: m.bulletins_from_place({}, inIt),
		decided: m.bulletins_from_decided({}, inIt),
	};
}

/** What the device holds has been read, and what it does not hold has come, or does not come. */
function whenKnown(handle: DocumentHandle): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(settle, patience);
		const stop = handle.onStatus(look);
		function settle() {
			clearTimeout(timer);
			stop();
			resolve();
		}
		function look() {
			const { loaded, everSynced, connection, refusal } = handle.status;
			if (loaded && (everSynced || connection === 'offline' || refusal !== null)) settle();
		}
		look();
	});
}
