/**
 * Loads the example evening and takes it out again. Each step is safe to repeat, so a press that was cut off halfway is
 * finished by the next one. Nothing is written before the server has been heard: what stands there decides what is missing.
 * Not part of Start, which everyone loads; and the texts come only when somebody presses.
 */
import { localOrigin, schemaVersionOf } from '#lib/documents/shape.ts';
import { toDocumentName } from '#lib/protocol/document-name.ts';
import type { DocumentHandle } from '#lib/sync/contract.ts';
import * as Y from 'yjs';
import { nothing } from './api.ts';
import type { App } from './app.svelte.ts';
import type { Session } from './session.svelte.ts';

export type ExampleState =
	{ kind: 'idle' } | { kind: 'loading'; done: number; of: number } | { kind: 'failed'; reason: 'offline' | 'refused' };

/** How long one document may take to be heard of, and to be saved. Milliseconds. */
const patience = 15_000;

export class ExampleEvening {
	readonly #app: App;
	readonly #session: Session;
	#state = $state.raw<ExampleState>({ kind: 'idle' });

	constructor(app: App, session: Session) {
		this.#app = app;
		this.#session = session;
	}

	get state(): ExampleState {
		return this.#state;
	}

	/** @returns whether all of it is there now */
	async load(): Promise<boolean> {
		if (this.#state.kind === 'loading') return false;
		this.#state = { kind: 'loading', done: 0, of: 1 };
		try {
			await this.#load();
			this.#state = { kind: 'idle' };
			return true;
		} catch (error) {
			this.#state = { kind: 'failed', reason: error instanceof Unreachable ? 'offline' : 'refused' };
			return false;
		}
	}

	async #load(): Promise<void> {
		const [{ buildExampleDocuments }, { listExample }, { examplePeople }] = await Promise.all([
			import('#lib/documents/example-evening.ts'),
			import('#lib/documents/example-directory.ts'),
			import('#lib/documents/example-people.ts'),
		]);
		const documents = buildExampleDocuments();
		const steps = [
			...examplePeople.map((person) => () => this.#addPerson(person)),
			...documents.map(
				({ kind, id, update }) =>
					() =>
						this.#writeDocument(toDocumentName(kind, id), update),
			),
			() => this.#writeDirectory(listExample),
		];
		for (const [done, step] of steps.entries()) {
			this.#state = { kind: 'loading', done, of: steps.length };
			await step();
		}
		await this.#session.refreshPeople();
	}

	async #addPerson({ contact, ...person }: { id: string; contact?: string }): Promise<void> {
		await this.#send('POST', '/api/people', person);
		if (contact !== undefined) await this.#send('PATCH', `/api/people/${person.id}`, { contact });
	}

	async #send(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<void> {
		const result = await this.#session.api.send(method, path, nothing, body);
		if (result.ok) return;
		throw result.error === 'offline' ? new Unreachable() : new Error(result.error);
	}

	/** A document that somebody has written in is left as it is. */
	async #writeDocument(name: DocumentHandle['name'], update: Uint8Array): Promise<void> {
		const handle = this.#app.workspace.open(name, { present: false });
		try {
			await until(handle, ({ everSynced }) => everSynced);
			if (schemaVersionOf(handle.doc) > 0) return;
			Y.applyUpdate(handle.doc, update, localOrigin);
			await until(handle, ({ saved }) => saved);
		} finally {
			handle.release();
		}
	}

	async #writeDirectory(list: (doc: Y.Doc) => void): Promise<void> {
		const handle = this.#app.directoryHandle;
		await until(handle, ({ everSynced }) => everSynced);
		list(handle.doc);
	}

	/**
	 * What others made stays, and so do the documents' contents: loading again brings back what was changed in them. The
	 * directory comes last, so that who was interrupted is offered it again.
	 * @returns whether all of it is gone now
	 */
	async remove(): Promise<boolean> {
		const [{ unlistExample }, { examplePeople }] = await Promise.all([
			import('#lib/documents/example-directory.ts'),
			import('#lib/documents/example-people.ts'),
		]);
		for (const { id } of examplePeople) {
			const result = await this.#session.api.send('DELETE', `/api/people/${id}`, nothing);
			if (result.ok || result.error === 'not-found') continue;
			this.#state = { kind: 'failed', reason: result.error === 'offline' ? 'offline' : 'refused' };
			return false;
		}
		this.#state = { kind: 'idle' };
		unlistExample(this.#app.directoryHandle.doc);
		await this.#session.refreshPeople();
		return true;
	}
}

/** The server was not heard in time. */
class Unreachable extends Error {}

function until(handle: DocumentHandle, reached: (status: DocumentHandle['status']) => boolean): Promise<void> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => settle(() => reject(new Unreachable())), patience);
		const stop = handle.onStatus(look);
		function settle(finish: () => void) {
			clearTimeout(timer);
			stop();
			finish();
		}
		function look() {
			if (handle.status.refusal) settle(() => reject(new Error(handle.status.refusal ?? '')));
			else if (reached(handle.status)) settle(resolve);
		}
		look();
	});
}
