/**
 * What every page needs: who is here, everyone's names, and the documents. One instance, made when the shell opens and
 * handed down by context.
 */
import { readDirectory, type Directory } from '#lib/documents/directory.ts';
import type { Association, Person } from '#lib/protocol/api.ts';
import { directoryName } from '#lib/protocol/document-name.ts';
import { accessOf } from '#lib/protocol/policy.ts';
import type { DocumentHandle, Workspace, WorkspaceStatus } from '#lib/sync/contract.ts';
import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { viewOf, type View } from './document-view.svelte.ts';

export class App {
	readonly me: Person;
	readonly association: Association;
	readonly workspace: Workspace;
	/** The directory stays open as long as the app does. */
	readonly directoryHandle: DocumentHandle;
	readonly #directory: View<Directory>;
	readonly #subscribeStatus: () => void;
	#people = $state.raw<ReadonlyMap<string, Person>>(new Map());

	constructor(me: Person, association: Association, people: readonly Person[], workspace: Workspace) {
		this.me = me;
		this.association = association;
		this.workspace = workspace;
		this.people = people;
		this.directoryHandle = workspace.open(directoryName);
		this.#directory = viewOf(this.directoryHandle.doc, readDirectory);
		this.#subscribeStatus = createSubscriber((update) => workspace.onStatus(update));
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

	get people(): Person[] {
		return [...this.#people.values()];
	}

	set people(people: readonly Person[]) {
		this.#people = new Map(people.map((person) => [person.id, person]));
	}

	person(id: string): Person | undefined {
		return this.#people.get(id);
	}
}

export const [useApp, provideApp] = createContext<App>();
