/**
 * Passkeys: one's own, and signing in with one. The browser's side of it is loaded when somebody presses the button.
 * `host` is where they work; the browser knows whether it can.
 */
import type * as Browser from '@simplewebauthn/browser';
import { anything, listOf, number, orMissing, orNull, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { Passkey, PasskeysAnswer, RecoveryCodesAnswer } from '#lib/protocol/api.ts';
import { nothing, type ApiResult, type Failure } from './api.ts';
import { sessionAnswer } from './identity.ts';
import type { Session } from './session.svelte.ts';

export type { Passkey, RecoveryCodesAnswer };

/** `dismissed`: the person closed the browser's dialog, or it gave up. `known`: this device has one already. */
export type PasskeyFailure = Failure | 'dismissed' | 'known';
export type PasskeyResult = { ok: true } | { ok: false; error: PasskeyFailure };

/** Why passkeys do not work here; null: they do. */
export type Obstacle = 'browser' | 'insecure' | 'address' | 'server' | null;

const passkey: Shape<Passkey> = record({ id: text, name: text, since: text, usedAt: orNull(text) });
const passkeysAnswer: Shape<PasskeysAnswer> = record({
	passkeys: listOf(passkey),
	codesLeft: number,
	codesSince: orMissing(orNull(text)),
	host: orNull(text),
});
const codesAnswer: Shape<RecoveryCodesAnswer> = record({ codes: listOf(text), since: text });

export function browserHasPasskeys(): boolean {
	return isSecureContext && 'PublicKeyCredential' in window;
}

export class Passkeys {
	readonly #session: Session;
	#answer = $state.raw<PasskeysAnswer | null>(null);
	#failure = $state.raw<Failure | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	/** Null until the server answered. */
	get list(): readonly Passkey[] | null {
		return this.#answer?.passkeys ?? null;
	}

	/** Recovery codes that were not used. */
	get codesLeft(): number {
		return this.#answer?.codesLeft ?? 0;
	}

	/** Whether those that were made then are, as far as is known, the ones that are good. */
	areCodesOf(since: string): boolean {
		return this.#answer === null || this.#answer.codesSince === since;
	}

	get failure(): Failure | null {
		return this.#failure;
	}

	get host(): string | null {
		return this.#answer?.host ?? null;
	}

	get obstacle(): Obstacle {
		if (this.#answer && this.#answer.host === null) return 'server';
		if (!isSecureContext) return 'insecure';
		if (!('PublicKeyCredential' in window)) return 'browser';
		return this.#answer && this.#answer.host !== location.hostname ? 'address' : null;
	}

	async load(): Promise<void> {
		const result = await this.#session.api.send('GET', '/api/passkeys', passkeysAnswer);
		this.#failure = result.ok ? null : result.error;
		if (result.ok) this.#answer = result.value;
	}

	/** Asks the device for a new one; the person confirms there. */
	async add(name: string): Promise<PasskeyResult> {
		const { api } = this.#session;
		const options = await api.send('POST', '/api/passkeys/options', anything);
		if (!options.ok) return options;
		const made = await ask(({ startRegistration }) => startRegistration({ optionsJSON: options.value as never }));
		if (!made.ok) return made;
		return this.#change(api.send('POST', '/api/passkeys', passkey, { name, response: made.value }));
	}

	rename(id: string, name: string): Promise<PasskeyResult> {
		return this.#change(this.#session.api.send('PATCH', pathOf(id), nothing, { name }));
	}

	remove(id: string): Promise<PasskeyResult> {
		return this.#change(this.#session.api.send('DELETE', pathOf(id), nothing));
	}

	/** Ten new ones, shown this once; those before are void. */
	async makeCodes(): Promise<ApiResult<RecoveryCodesAnswer>> {
		const result = await this.#session.api.send('POST', '/api/passkeys/recovery-codes', codesAnswer);
		if (result.ok && this.#answer) this.#answer = { ...this.#answer, codesSince: result.value.since };
		await this.load();
		return result;
	}

	/** Whether one is still needed is known to the session. */
	async #change<T>(asked: Promise<ApiResult<T>>): Promise<PasskeyResult> {
		const result = await asked;
		await Promise.all([this.load(), this.#session.refresh()]);
		return result;
	}
}

/**
 * Signs in whoever the device's passkey belongs to.
 * @param arrive goes to where they come in; done before anything of theirs is there that they could go on from
 */
export async function signInWithPasskey(session: Session, arrive: () => Promise<void>): Promise<PasskeyResult> {
	const { api } = session;
	const options = await api.send('POST', '/api/sign-in/options', anything);
	if (!options.ok) return options;
	const signed = await ask(({ startAuthentication }) => startAuthentication({ optionsJSON: options.value as never }));
	if (!signed.ok) return signed;
	const result = await api.send('POST', '/api/sign-in', sessionAnswer, { response: signed.value });
	if (result.ok) {
		await arrive();
		await session.accept(result.value);
	}
	return result;
}

async function ask<T>(
	work: (browser: typeof Browser) => Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: PasskeyFailure }> {
	const browser = await import('@simplewebauthn/browser').catch(() => null);
	if (!browser) return { ok: false, error: 'offline' };
	try {
		return { ok: true, value: await work(browser) };
	} catch (cause) {
		const known = cause instanceof Error && cause.name === 'InvalidStateError';
		return { ok: false, error: known ? 'known' : 'dismissed' };
	}
}

function pathOf(id: string): string {
	return `/api/passkeys/${encodeURIComponent(id)}`;
}
