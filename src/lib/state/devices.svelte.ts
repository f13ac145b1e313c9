/** The devices that are in, or were and left something that lets in, as the server knows them: nothing here is changed without its answer. */
import { flag, listOf, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { Device } from '#lib/protocol/api.ts';
import { nothing, type ApiResult, type Failure } from './api.ts';
import type { Session } from './session.svelte.ts';

export type { Device };

const device: Shape<Device> = record({
	id: text,
	personId: text,
	name: text,
	platform: text,
	seenAt: text,
	since: text,
	current: flag,
	out: flag,
});
const devicesAnswer = record({ devices: listOf(device) });

export class Devices {
	readonly #session: Session;
	readonly #path: string;
	#list = $state.raw<readonly Device[] | null>(null);
	#failure = $state.raw<Failure | null>(null);

	/** @param whose everyone's only for an admin */
	constructor(session: Session, whose: 'own' | 'all') {
		this.#session = session;
		this.#path = whose === 'own' ? '/api/devices' : '/api/devices/all';
	}

	/** The latest contact first; null until the server answered. */
	get list(): readonly Device[] | null {
		return this.#list;
	}

	/** Why the list could not be read, or not anew. */
	get failure(): Failure | null {
		return this.#failure;
	}

	async load(): Promise<void> {
		const result = await this.#session.api.send('GET', this.#path, devicesAnswer);
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#list = result.value.devices;
	}

	rename(id: string, name: string): Promise<ApiResult<unknown>> {
		return this.#change(this.#session.api.send('PATCH', pathOf(id), device, { name }));
	}

	signOut(id: string): Promise<ApiResult<unknown>> {
		return this.#change(this.#session.api.send('DELETE', pathOf(id), nothing));
	}

	/** Somebody was faster, or not: either way the list is read anew. */
	async #change<T>(asked: Promise<ApiResult<T>>): Promise<ApiResult<T>> {
		const result = await asked;
		await this.load();
		return result;
	}
}

function pathOf(id: string): string {
	return `/api/devices/${encodeURIComponent(id)}`;
}
