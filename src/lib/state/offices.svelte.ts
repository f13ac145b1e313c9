/** Offices (Ämter) of the association's bodies, and changes to them. */
import { addOffice, removeEntry, updateEntry } from '#lib/documents/change-directory.ts';
import { orderBefore } from '#lib/documents/order.ts';
import type { Office } from '#lib/domain/facts/office.ts';
import { newId } from '#lib/domain/id.ts';
import type { Body } from '#lib/domain/meeting.ts';
import type { App } from './app.svelte.ts';

export type OfficeChange = Partial<Pick<Office, 'title' | 'personId' | 'bodyId'>>;

export class Offices {
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Under their body, in its order; those without a body last. Bodies without an office are there to get one. */
	get byBody(): { body: Body | null; offices: Office[] }[] {
		const { bodies, offices } = this.#app.directory;
		const known = new Set(bodies.map(({ id }) => id));
		const others = offices.filter(({ bodyId }) => bodyId === null || !known.has(bodyId));
		return [
			...bodies.map((body) => ({ body, offices: offices.filter(({ bodyId }) => bodyId === body.id) })),
			...(others.length > 0 || bodies.length === 0 ? [{ body: null, offices: others }] : []),
		];
	}

	add(bodyId: string | null, title: string): void {
		const order = orderBefore(this.#app.directory.offices, null);
		addOffice(this.#doc, { id: newId(), bodyId, title, personId: null, order });
	}

	update(id: string, change: OfficeChange): void {
		updateEntry(this.#doc, 'offices', id, change);
	}

	remove(id: string): void {
		removeEntry(this.#doc, 'offices', id);
	}

	restore(office: Office): void {
		addOffice(this.#doc, office);
	}

	get #doc() {
		return this.#app.directoryHandle.doc;
	}
}
