/** Everyone's passkeys, for an admin who takes a lost one away. */
import { listOf, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { AllPasskeysAnswer } from '#lib/protocol/api.ts';
import { nothing, type Failure } from './api.ts';
import type { PasskeyResult } from './passkeys.svelte.ts';
import type { Session } from './session.svelte.ts';

export type PersonsPasskey = AllPasskeysAnswer['passkeys'][number];

const answer: Shape<AllPasskeysAnswer> = record({
	passkeys: listOf(record({ id: text, personId: text, name: text, since: text, usedAt: orNull(text) })),
});

export class AllPasskeys {
	readonly #session: Session;
	#list = $state.raw<readonly PersonsPasskey[]>([]);
	#failure = $state.raw<Failure | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	of(personId: string): readonly PersonsPasskey[] {
		return this.#list.filter((passkey) => passkey.personId === personId);
	}

	get failure(): Failure | null {
		return this.#failure;
	}

	async load(): Promise<void> {
		const result = await this.#session.api.send('GET', '/api/passkeys/all', answer);
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#list = result.value.passkeys;
	}

	async remove(id: string): Promise<PasskeyResult> {
		const result = await this.#session.api.send('DELETE', `/api/passkeys/${encodeURIComponent(id)}`, nothing);
		// One's own may be among them: whether one is needed is known to the session.
		await Promise.all([this.load(), this.#session.refresh()]);
		return result.ok ? { ok: true } : result;
	}
}
