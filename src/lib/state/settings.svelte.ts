/** The association's settings, the server's: what is shown as changed is changed. */
import { number, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { Settings, SettingsChange } from '#lib/protocol/settings.ts';
import type { ApiResult, Failure } from './api.ts';
import type { Session } from './session.svelte.ts';

export type { Settings, SettingsChange };
export { passkeyGraceDays } from '#lib/protocol/settings.ts';

const settingsAnswer: Shape<Settings> = record({
	name: text,
	timeZone: text,
	passkeysFrom: orNull(text),
	approvalsNeeded: number,
});

export class AssociationSettings {
	readonly #session: Session;
	#current = $state.raw<Settings | null>(null);
	#failure = $state.raw<Failure | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	/** Null until the server answered. */
	get current(): Settings | null {
		return this.#current;
	}

	/** Why they could not be read, or not anew. */
	get failure(): Failure | null {
		return this.#failure;
	}

	async load(): Promise<void> {
		this.#take(await this.#session.api.send('GET', '/api/settings', settingsAnswer));
	}

	/** The name and the zone are everywhere in the app: it reads them anew. */
	async change(change: SettingsChange): Promise<ApiResult<Settings>> {
		const result = await this.#session.api.send('PATCH', '/api/settings', settingsAnswer, change);
		if (result.ok) {
			this.#take(result);
			await this.#session.refresh();
		}
		return result;
	}

	#take(result: ApiResult<Settings>): void {
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#current = result.value;
	}
}
