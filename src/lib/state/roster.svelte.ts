/**
 * One action's page: its facts from the directory, its shifts from its own document. Most who come here read: what is
 * done to shifts and places is in `roster-changes.ts`, and comes when it is asked for.
 */
import * as directory from '#lib/documents/change-directory.ts';
import { readRoster } from '#lib/documents/roster.ts';
import { newId } from '#lib/domain/id.ts';
import type { LocalDate } from '#lib/domain/local-time.ts';
import {
	doubleBooked,
	proposeShift,
	type Branch,
	type Roster,
	type RosterEntry,
	type Shift,
} from '#lib/domain/roster.ts';
import type { Person } from '#lib/protocol/api.ts';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import type { App } from './app.svelte.ts';
import { statusOf, viewOf, type View } from './document-view.svelte.ts';

export type EntryChange = Partial<Pick<RosterEntry, 'title' | 'place' | 'date' | 'status'>>;

/** Call once per page, and `release` when it goes. */
export class RosterPage {
	readonly id: string;
	/** For those who change what is shown here. */
	readonly app: App;
	readonly handle: DocumentHandle;
	readonly #roster: View<Roster>;
	readonly #status: View<DocumentHandle['status']>;

	constructor(app: App, id: string) {
		this.id = id;
		this.app = app;
		this.handle = app.workspace.open(toDocumentName('roster', id));
		this.#roster = viewOf(this.handle.doc, readRoster);
		this.#status = statusOf(this.handle);
	}

	release(): void {
		this.handle.release();
	}

	/** Undefined when the directory does not know the action (yet). */
	get entry(): RosterEntry | undefined {
		return this.app.directory.rosters.find((entry) => entry.id === this.id);
	}

	get roster(): Roster {
		return this.#roster.current;
	}

	get branches(): Branch[] {
		return this.app.directory.branches;
	}

	/** Everyone who can be assigned, by name. */
	get people(): Person[] {
		return this.app.people.toSorted((a, b) => a.name.localeCompare(b.name));
	}

	get contact(): Person | undefined {
		const { contactId } = this.roster;
		return contactId === null ? undefined : this.app.person(contactId);
	}

	/** Whether this person may change anything here. */
	get writes(): boolean {
		return this.app.writes && this.handle.access === 'write' && this.#status.current.refusal !== 'outdated';
	}

	/**
	 * `opening` until the device has been read; `missing` when it holds nothing and the server has not answered yet;
	 * `ready` otherwise.
	 */
	get content(): 'opening' | 'missing' | 'ready' {
		const { loaded, everSynced } = this.#status.current;
		if (!loaded) return 'opening';
		const { shifts, stations, note } = this.roster;
		return everSynced || shifts.length > 0 || stations.length > 0 || note !== '' ? 'ready' : 'missing';
	}

	shift(id: string): Shift | undefined {
		return this.roster.shifts.find((shift) => shift.id === id);
	}

	stationName(id: string | null): string {
		return this.roster.stations.find((station) => station.id === id)?.name ?? '';
	}

	branchName(id: string | null): string {
		return this.branches.find((branch) => branch.id === id)?.name ?? '';
	}

	/** Who stands there, by name. Someone whom this device does not know (any more) is counted, but has no name. */
	names(shift: Shift): { id: string; name: string }[] {
		return shift.people
			.map((id) => ({ id, name: this.app.person(id)?.name ?? '' }))
			.sort((a, b) => a.name.localeCompare(b.name));
	}

	/** Names of those on this shift who stand elsewhere at the same time. */
	doubleBooked(shiftId: string): string[] {
		const ids = doubleBooked(this.roster.shifts).get(shiftId) ?? [];
		return ids.map((id) => this.app.person(id)?.name ?? '').filter(Boolean);
	}

	updateEntry(change: EntryChange): void {
		directory.updateEntry(this.app.directoryHandle.doc, 'rosters', this.id, change);
	}

	/** A shift that is not in the roster yet: what the form for a new one starts from. */
	proposeShift(date: LocalDate): Shift {
		return proposeShift(this.roster, date, newId());
	}

	/** Takes the action off the list; its shifts stay where they are. @returns what puts it back */
	removeAction(): () => void {
		const { entry } = this;
		const { doc } = this.app.directoryHandle;
		directory.removeEntry(doc, 'rosters', this.id);
		return () => entry && directory.addRoster(doc, entry);
	}
}
