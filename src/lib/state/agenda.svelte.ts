/** One meeting's agenda, open: its reading, its mutations, and who else is here. Whoever makes one closes it. */
import { readAgenda, type Agenda } from '#lib/documents/agenda.ts';
import {
	addAgendaItem,
	moveAgendaItem,
	removeAgendaItem,
	restoreAgendaItem,
	updateAgendaItem,
	type AgendaItemChange,
} from '#lib/documents/change-agenda.ts';
import { newAgendaItem, scheduleOf, type Schedule } from '#lib/domain/agenda.ts';
import { newId } from '#lib/domain/id.ts';
import type { Meeting } from '#lib/domain/meeting.ts';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type { App } from './app.svelte.ts';
import { viewOf, type View } from './document-view.svelte.ts';
import { attachPresence } from './presence.svelte.ts';
import { readinessOf } from './readiness.svelte.ts';

export class OpenAgenda {
	readonly handle: DocumentHandle;
	readonly #agenda: View<Agenda>;
	readonly #ready: View<boolean>;
	readonly #present: View<string[]>;

	constructor(app: App, meetingId: string) {
		this.handle = app.workspace.open(toDocumentName('agenda', meetingId));
		this.#agenda = viewOf(this.handle.doc, readAgenda);
		this.#ready = readinessOf(this.handle);
		this.#present = attachPresence(this.handle, app.me.id);
	}

	get items(): Agenda['items'] {
		return this.#agenda.current.items;
	}

	get removed(): Agenda['removed'] {
		return this.#agenda.current.removed;
	}

	get ready(): boolean {
		return this.#ready.current;
	}

	get writes(): boolean {
		return this.handle.access === 'write';
	}

	/** Person ids. */
	get present(): string[] {
		return this.#present.current;
	}

	scheduleFor(meeting: Pick<Meeting, 'start' | 'end'>): Schedule {
		return scheduleOf(this.items, meeting);
	}

	/** @returns the new item's id */
	add(title: string): string {
		const id = newId();
		addAgendaItem(this.handle.doc, { ...newAgendaItem, id, title });
		return id;
	}

	update(id: string, change: AgendaItemChange): void {
		updateAgendaItem(this.handle.doc, id, change);
	}

	move(id: string, before: string | null): void {
		moveAgendaItem(this.handle.doc, id, before);
	}

	remove(id: string): void {
		removeAgendaItem(this.handle.doc, id);
	}

	restore(id: string): void {
		restoreAgendaItem(this.handle.doc, id);
	}

	close(): void {
		this.handle.release();
	}
}
