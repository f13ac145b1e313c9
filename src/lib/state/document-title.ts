/** What to call a document where it is listed with others: its kind, and what and when it is of. */
import type { Directory } from '#lib/documents/directory.ts';
import { dateOf, type LocalDate } from '#lib/domain/local-time.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { parseDocumentName, type DocumentKind } from '#lib/protocol/document-name.ts';

type Words = { kind: string; of: string | null };

const kindWords: Partial<Record<DocumentKind, () => string>> = {
	directory: () => m.shell_document_directory(),
	agenda: () => m.shell_document_agenda(),
	minutes: () => m.shell_document_minutes(),
	roster: () => m.shell_document_roster(),
	bulletin: () => m.shell_document_bulletin(),
};

/** @returns `of` is null for the one directory; a document whose record is gone says so */
export function documentWords(name: string, directory: Directory): Words {
	const parsed = parseDocumentName(name);
	const kind = (parsed && kindWords[parsed.kind]?.()) ?? m.shell_document_other();
	if (!parsed || parsed.kind === 'directory') return { kind, of: null };
	return { kind, of: subjectOf(parsed.kind, parsed.id, directory) ?? m.shell_document_gone() };
}

/** Whether the directory names what the document is of. */
export function isListed(name: string, directory: Directory): boolean {
	const parsed = parseDocumentName(name);
	return parsed?.kind === 'directory' || (parsed !== null && subjectOf(parsed.kind, parsed.id, directory) !== null);
}

/** On one line: `Protokoll · Stadtvorstand, Di., 10. Dezember 2024` */
export function documentTitle(name: string, directory: Directory): string {
	const { kind, of } = documentWords(name, directory);
	return of === null ? kind : m.shell_document_of({ kind, title: of });
}

function subjectOf(kind: DocumentKind, id: string, directory: Directory): string | null {
	if (kind === 'agenda' || kind === 'minutes') {
		const meeting = directory.meetings.find((one) => one.id === id);
		if (!meeting) return null;
		const body = directory.bodies.find((one) => one.id === meeting.bodyId);
		return titleAndDate(meeting.title || (body?.name ?? ''), dateOf(meeting.start));
	}
	const entry = (kind === 'roster' ? directory.rosters : directory.bulletins).find((one) => one.id === id);
	return entry ? titleAndDate(entry.title, entry.date) : null;
}

function titleAndDate(title: string, date: LocalDate): string {
	return [title, formatDate(date)].filter(Boolean).join(', ');
}
