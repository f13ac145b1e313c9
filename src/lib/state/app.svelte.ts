/**
 * What every page needs: who is here, everyone's names, and the documents. One instance per person, made when the
 * session opens and handed down by context; another person, another role or other data on the server is another `App`.
 */
import { readDirectory, type Directory } from '#lib/documents/directory.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Association, Former, Person } from '#lib/protocol/api.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import { accessOf, addsGuests, managesPeople } from '#lib/protocol/policy.ts';
import type { DocumentHandle, Workspace, WorkspaceStatus } from '#lib/sync/contract.ts';
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { viewOf, type View } from './document-view.svelte.ts';

export class App {
	readonly workspace: Workspace;
	/** The directory stays open as long as the app does. */
	readonly directoryHandle: DocumentHandle;
	/** Called once for each id without a name: somebody may have joined since this device last asked. */
	onUnknownPerson: (() => void) | null = null;
	readonly #directory: View<Directory>;
	readonly #subscribeStatus: () => void;
	readonly #unknown = new Set<string>();
	#me: Person = $state.raw() as Person;
	#association: Association = $state.raw() as Association;
	#former = $state.raw<readonly Former[]>([]);
	#people = $state.raw<ReadonlyMap<string, Person>>(new Map());

	constructor(me: Person, association: Association, people: readonly Person[], workspace: Workspace) {
		this.#me = me;
		this.#association = association;
		this.workspace = workspace;
		this.people = people;
		this.directoryHandle = workspace.open(directoryName);
		this.#directory = viewOf(this.directoryHandle.doc, readDirectory);
		this.#subscribeStatus = createSubscriber((update) => workspace.onStatus(update));
	}

	get me(): Person {
		return this.#me;
	}

	get association(): Association {
		return this.#association;
	}

	get directory(): Directory {
		return this.#directory.current;
	}

	get status(): WorkspaceStatus {
		this.#subscribeStatus();
		return this.workspace.status;
	}

	/** Whether this person writes the association's documents; what they may not write is shown without its controls. */
	get writes(): boolean {
		return accessOf(this.me.role, 'directory') === 'write';
	}

	/** A guest has one meeting (`me.guestOf`) and nothing else. */
	get isGuest(): boolean {
		return this.me.role === 'guest';
	}

	get managesPeople(): boolean {
		return managesPeople(this.me.role);
	}

	get addsGuests(): boolean {
		return addsGuests(this.me.role);
	}

	/** By name; oneself always among them. */
	get people(): Person[] {
		return [...this.#people.values()];
	}

	set people(people: readonly Person[]) {
		const all = new Map(people.map((person) => [person.id, person]));
		if (!all.has(this.#me.id)) all.set(this.#me.id, this.#me);
		this.#people = new Map([...all].sort(([, a], [, b]) => a.name.localeCompare(b.name, 'de')));
	}

	/** Who was here once and is named in documents still. */
	get former(): readonly Former[] {
		return this.#former;
	}

	set former(former: readonly Former[]) {
		this.#former = former;
	}

	/** Also of somebody who was removed; without their name when that was erased. */
	person(id: string): Person | undefined {
		const former = this.#former.find((one) => one.id === id);
		const person = this.#people.get(id) ?? (former && toPerson(former));
		if (!person && !this.#unknown.has(id)) {
			this.#unknown.add(id);
			this.onUnknownPerson?.();
		}
		return person;
	}

	/** What the server says of oneself; the role stays, since another role is another `App`. */
	rename(me: Person, association: Association): void {
		this.#me = me;
		this.#association = association;
		this.people = [...this.people.filter(({ id }) => id !== me.id), me];
	}

	/** Settles when what was typed is on the device. */
	async close(): Promise<void> {
		this.onUnknownPerson = null;
		this.directoryHandle.release();
		await this.workspace.close();
	}
}

function toPerson({ id, name }: Former): Person {
	return { id, name: name || m.audit_former(), role: 'guest' };
}

export const [useApp, provideApp] = createContext<App>();
