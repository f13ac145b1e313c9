/** Everything that is done to one action's shifts and places. */
import * as directory from '#lib/documents/change-directory.ts';
import * as documents from '#lib/documents/change-roster.ts';
import { orderBefore } from '#lib/documents/order.ts';
import { newId } from '#lib/domain/id.ts';
import type { LocalDateTime } from '#lib/domain/local-time.ts';
import { followUp, type RosterEntry, type Shift } from '#lib/domain/roster.ts';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import type { App } from './app.svelte.ts';
import type { RosterPage } from './roster.svelte.ts';

export class RosterChanges {
	readonly #roster: RosterPage;

	constructor(roster: RosterPage) {
		this.#roster = roster;
	}

	editNote(next: string): void {
		documents.editNote(this.#doc, next);
	}

	setContact(personId: string | null): void {
		documents.setContact(this.#doc, personId);
	}

	addStation(name: string): void {
		documents.addStation(this.#doc, newId(), name);
	}

	renameStation(id: string, next: string): void {
		documents.renameStation(this.#doc, id, next);
	}

	/** @returns what puts it back */
	removeStation(id: string): () => void {
		documents.removeStation(this.#doc, id);
		return () => documents.restoreStation(this.#doc, id);
	}

	addBranch(name: string): void {
		directory.addBranch(this.#directory, newId(), name, orderBefore(this.#roster.branches, null));
	}

	renameBranch(id: string, name: string): void {
		directory.updateEntry(this.#directory, 'branches', id, { name });
	}

	addShift(shift: Shift): void {
		documents.addShift(this.#doc, shift);
	}

	/** @returns the copy, which follows the original */
	duplicateShift(id: string): Shift | null {
		const original = this.#roster.shift(id);
		if (!original) return null;
		const copy = followUp(original, newId());
		this.addShift(copy);
		return copy;
	}

	moveShift(id: string, start: LocalDateTime, end: LocalDateTime): void {
		documents.moveShift(this.#doc, id, start, end);
	}

	updateShift(id: string, change: documents.ShiftChange): void {
		documents.updateShift(this.#doc, id, change);
	}

	assign(shiftId: string, personId: string): void {
		documents.assignPerson(this.#doc, shiftId, personId);
	}

	unassign(shiftId: string, personId: string): void {
		documents.unassignPerson(this.#doc, shiftId, personId);
	}

	/** @returns what puts it back */
	removeShift(id: string): () => void {
		documents.removeShift(this.#doc, id);
		return () => documents.restoreShift(this.#doc, id);
	}

	get #doc() {
		return this.#roster.handle.doc;
	}

	get #directory() {
		return this.#roster.app.directoryHandle.doc;
	}
}

/**
 * Begins an action: its line in the directory, and its document with a first station, so that whoever may only read
 * finds it there.
 * @returns its id
 */
export function createRoster(app: App, entry: Omit<RosterEntry, 'id' | 'status'>, firstStation: string): string {
	const id = newId();
	const handle = app.workspace.open(toDocumentName('roster', id));
	documents.addStation(handle.doc, newId(), firstStation);
	directory.addRoster(app.directoryHandle.doc, { ...entry, id, status: 'open' });
	handle.release();
	return id;
}
