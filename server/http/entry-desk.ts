/** What every way in shares: how guesses are counted, and what whoever comes in is handed. */
import type { SessionAnswer } from '#lib/protocol/api.ts';
import { readCode } from '#lib/protocol/entry-code.ts';
import type { Context } from 'hono';
import { createHash } from 'node:crypto';
import type { AuditRecord } from '../accounts/audit.ts';
import { Refusal } from '../accounts/refusal.ts';
import type { NewSession, Session } from '../accounts/sessions.ts';
import { addressIn } from './client-address.ts';
import type { Services } from './environment.ts';
import { paceStranger } from './guard.ts';
import { beginsSecure, readSessionToken, setSessionToken } from './session-cookie.ts';

/** By these a guess is known to have opened nothing. */
const wrong: ReadonlySet<string> = new Set(['link-unknown', 'link-used', 'link-expired', 'passkey-refused']);
/** A link cannot be guessed: whoever has one that was good once, and many behind their address, guesses nothing. */
const wrongLink: ReadonlySet<string> = new Set(['link-unknown']);

/** Milliseconds. A page whose socket closes asks who is in: by then its browser has the new cookie, and not the old one. */
const untilAnswered = 500;

export type EntryDesk = ReturnType<typeof createEntryDesk>;

export function createEntryDesk(services: Services) {
	const { accounts, disconnect, origins, strangers, log } = services;
	let advised = false;

	/** What a request is silent about only the configuration can tell, so whoever serves by HTTPS hears of it once. */
	function advise(): void {
		if (advised || origins.length > 0) return;
		advised = true;
		log('https-without-origin', { advice: 'People come by HTTPS: set MITSCHRIFT_ORIGIN to the address they use.' });
	}

	function toAnswer({ person }: Session): SessionAnswer {
		const current = accounts.association.current();
		if (!current) throw new Refusal('not-set-up');
		const due = accounts.passkeys.dueOf(person);
		return { person, ...current, now: new Date().toISOString(), ...(due !== null && { passkeyBy: due }) };
	}

	/** Who is in on the browser that asks. */
	function present(context: Context): NewSession | null {
		const sent = readSessionToken({ cookie: context.req.header('cookie'), host: context.req.header('host') }, origins);
		const session = sent && accounts.sessions.find(sent.token);
		return session && { ...session, token: sent.token };
	}

	return {
		toAnswer,

		/**
		 * A browser has one sign-in: who was in on it is out, as if signed out, in the step in which somebody comes in.
		 * @param begin makes the session; where it throws, everything is as before
		 */
		enter<T extends NewSession>(context: Context, begin: () => T, toRecord: (made: T) => AuditRecord): T {
			const before = present(context);
			const made = accounts.audit.recording(
				() => {
					const begun = begin();
					if (before) accounts.sessions.replace(before, begun);
					return begun;
				},
				(begun) => [...(before ? [signedOut(before)] : []), toRecord(begun)],
			);
			if (before) {
				setTimeout(() => disconnect({ sessionId: before.id }), untilAnswered).unref();
				log('signed-out', { person: before.person.id });
			}
			return made;
		},

		letIn(context: Context, session: NewSession): Response {
			const secure = beginsSecure(context, origins);
			setSessionToken(context, { token: session.token, secure });
			if (secure) advise();
			return context.json(toAnswer(session));
		},

		/**
		 * Counts wrong secrets against who asks, and against the secret itself, which may be tried from many addresses. Codes,
		 * links and passkeys each by themselves: where somebody mistypes codes, a link goes on letting in. And a good link does
		 * so wherever others try wrong ones, since its 128 bits cannot be come upon; only wrong ones are made to wait.
		 * @param secret null where it differs with every try
		 * @throws Refusal `too-many-tries`, of a code or a passkey before anything is looked up
		 */
		async guess<T>(context: Context, secret: string | null, work: () => T | Promise<T>): Promise<T> {
			paceStranger(services, context);
			const way = wayOf(secret);
			const keys = [
				`${way} from ${addressIn(context, strangers.addressOf)}`,
				...(secret === null ? [] : [`secret ${digestOf(secret)}`]),
			];
			const wait = accounts.tries.wait(keys);
			if (wait > 0 && way !== 'link') throw new Refusal('too-many-tries', wait);
			try {
				return await work();
			} catch (cause) {
				if (wait > 0 && cause instanceof Refusal && wrongLink.has(cause.code))
					throw new Refusal('too-many-tries', wait);
				if (cause instanceof Refusal && wrong.has(cause.code)) {
					if (way !== 'link' || wrongLink.has(cause.code)) accounts.tries.failed(keys);
					log('entry-refused', { way, reason: cause.code });
				}
				throw cause;
			}
		},
	};
}

export function signedOut({ id, person }: Session): AuditRecord {
	return { kind: 'signed-out', by: person.id, about: person.id, detail: { device: id } };
}

function wayOf(secret: string | null): 'code' | 'link' | 'passkey' {
	if (secret === null) return 'passkey';
	return readCode(secret) ? 'code' : 'link';
}

function digestOf(secret: string): string {
	return createHash('sha256').update(secret).digest('base64');
}
