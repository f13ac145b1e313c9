/**
 * One meeting's minutes, open, beside the agenda that they follow. What was written for an item that is no longer on the
 * agenda is still part of them. Whoever makes one closes it.
 */
import { readThreads } from '#lib/documents/comments.ts';
import { languageOfMinutes } from '#lib/documents/minutes-language.ts';
import { bodyOf, type Minutes, minutesRoots, readMinutes } from '#lib/documents/minutes.ts';
import {
	addResolution,
	addTask,
	removeMinutesRecord,
	restoreMinutesRecord,
	setAttendance,
	setMinutesFacts,
	setVoices,
	updateResolution,
	updateTask,
} from '#lib/documents/change-minutes.ts';
import { recordAt } from '#lib/documents/shape.ts';
import type { ScheduledItem } from '#lib/domain/agenda.ts';
import type { Language } from '#lib/domain/facts/calendar-words.ts';
import type { FactSources } from '#lib/domain/facts/fact.ts';
import { newId } from '#lib/domain/id.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import type { MinutesFacts, Resolution, Task, Vote } from '#lib/domain/minutes.ts';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import { accessTo, type Holder } from '#lib/protocol/policy.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import { OpenAgenda } from './agenda.svelte.ts';
import type { App } from './app.svelte.ts';
import { viewOf, type View } from './document-view.svelte.ts';
import { attachPresence } from './presence.svelte.ts';
import type { ExportSource } from './exchange.ts';
import { readinessOf } from './readiness.svelte.ts';

/** What the minutes have a section for: an agenda item, or (number null) one that is no longer on the agenda. */
export type MinutesSection = Pick<ScheduledItem, 'id' | 'title'> & {
	number: number | null;
	start: ScheduledItem['start'] | null;
	public: boolean;
	fragment: string;
	resolutions: Resolution[];
	tasks: Task[];
};

/** Of the bodies it is only read which there are; milliseconds until one that somebody begins is among them. */
const bodiesWithin = 250;

export function mayReadMinutes(person: Holder, meetingId: string): boolean {
	return accessTo(person, toDocumentName('minutes', meetingId)) !== 'none';
}

export class OpenMinutes {
	readonly handle: DocumentHandle;
	readonly #me: string;
	readonly agenda: OpenAgenda;
	readonly #minutes: View<Minutes>;
	readonly #ready: View<boolean>;
	readonly #present: View<string[]>;

	constructor(app: App, meetingId: string) {
		this.agenda = new OpenAgenda(app, meetingId);
		this.#me = app.me.id;
		this.handle = app.workspace.open(toDocumentName('minutes', meetingId));
		this.#minutes = viewOf(this.handle.doc, readMinutes, { roots: minutesRoots, elsewhereWithin: bodiesWithin });
		this.#ready = readinessOf(this.handle);
		this.#present = attachPresence(this.handle, app.me.id);
	}

	get ready(): boolean {
		return this.#ready.current && this.agenda.ready;
	}

	get writes(): boolean {
		return this.handle.access === 'write';
	}

	/** Person ids of those who have the minutes open. */
	get present(): string[] {
		return this.#present.current;
	}

	get facts(): Minutes['facts'] {
		return this.#minutes.current.facts;
	}

	get attendance(): Minutes['attendance'] {
		return this.#minutes.current.attendance;
	}

	/** In which they are written, whatever language the device speaks; that of the device where no word says. */
	get language(): Language {
		return languageOfMinutes(this.handle.doc, this.agenda.handle.doc) ?? getLocale();
	}

	/** The agenda's items in their order, then what was written for items that left it. */
	sectionsFor(meeting: Pick<Meeting, 'start' | 'end'>): MinutesSection[] {
		const { items } = this.agenda.scheduleFor(meeting);
		const onAgenda = new Set(items.map(({ id }) => id));
		const left = this.#minutes.current.writtenItemIds.filter((id) => !onAgenda.has(id));
		const titles = new Map(this.agenda.removed.map(({ id, title }) => [id, title]));
		return [
			...items.map((item) => this.#toSection(item)),
			...left.map((id) =>
				this.#toSection({ id, title: titles.get(id) ?? '', number: null, start: null, public: true }),
			),
		];
	}

	/** What of it can be taken out: the text of each item that something was written for. */
	exportSource(title: string, sections: readonly MinutesSection[], facts: FactSources): ExportSource {
		const written = sections.map(({ number, title, fragment }) => ({
			title: number === null ? title : `${number}. ${title}`,
			fragment,
		}));
		return { title, doc: this.handle.doc, sections: written, threads: readThreads(this.handle.doc), facts };
	}

	#toSection(item: Pick<MinutesSection, 'id' | 'title' | 'number' | 'start' | 'public'>): MinutesSection {
		const { resolutions, tasks } = this.#minutes.current;
		return {
			id: item.id,
			title: item.title,
			number: item.number,
			start: item.start,
			public: item.public,
			fragment: bodyOf(item.id),
			resolutions: resolutions.filter(({ itemId }) => itemId === item.id),
			tasks: tasks.filter(({ itemId }) => itemId === item.id),
		};
	}

	setAttendance(personId: string, change: Parameters<typeof setAttendance>[2]): void {
		setAttendance(this.handle.doc, personId, change);
	}

	setFacts(change: Partial<MinutesFacts>): void {
		setMinutesFacts(this.handle.doc, change);
	}

	/** @returns the new resolution's id */
	addResolution(itemId: string): string {
		const id = newId();
		addResolution(this.handle.doc, { id, itemId, text: '', status: 'draft' });
		return id;
	}

	updateResolution(id: string, change: Parameters<typeof updateResolution>[2]): void {
		updateResolution(this.handle.doc, id, change);
	}

	setVoices(resolutionId: string, choice: keyof Vote, voices: number | null): void {
		setVoices(this.handle.doc, resolutionId, choice, voices);
	}

	/** @returns the new task's id */
	addTask(itemId: string): string {
		const id = newId();
		addTask(this.handle.doc, { id, itemId, text: '', personId: null, due: null, done: false });
		return id;
	}

	updateTask(id: string, change: Parameters<typeof updateTask>[2]): void {
		updateTask(this.handle.doc, id, change);
	}

	/** In which a record is, removed or not. */
	collectionOf(id: string): 'resolutions' | 'tasks' {
		return recordAt(this.handle.doc, 'tasks', id) ? 'tasks' : 'resolutions';
	}

	remove(collection: 'resolutions' | 'tasks', id: string): void {
		removeMinutesRecord(this.handle.doc, collection, id, { by: this.#me, at: Date.now() });
	}

	restore(collection: 'resolutions' | 'tasks', id: string): void {
		restoreMinutesRecord(this.handle.doc, collection, id);
	}

	close(): void {
		this.handle.release();
		this.agenda.close();
	}
}
