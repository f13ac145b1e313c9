/**
 * Passkeys (WebAuthn Level 3): a key on a person's device that signs in without an invitation. What is kept is the public
 * half. The person is always verified by their device (fingerprint, PIN), a challenge is answered once, and a signature
 * counter that does not grow is refused, because then the key was copied.
 */
import type { Passkey, Person } from '#lib/protocol/api.ts';
import { writesForAssociation } from '#lib/protocol/policy.ts';
import type {
	AuthenticationResponseJSON,
	AuthenticatorTransport,
	RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { DatabaseSync } from 'node:sqlite';
import type { AssociationSettings } from './settings.ts';
import { createChallenges } from './challenges.ts';
import { transaction } from './database.ts';
import type { People } from './people.ts';
import { Refusal } from './refusal.ts';
import type { RelyingParty } from './relying-party.ts';
import type { NewSession, Sessions } from './sessions.ts';

/** Loaded when somebody uses a passkey: it is a megabyte of source. */
const webauthn = () => import('@simplewebauthn/server');

const signingIn = 'sign in';
const adding = (personId: string) => `add ${personId}`;

export type Passkeys = ReturnType<typeof createPasskeys>;
type Parts = { people: People; sessions: Sessions; settings: AssociationSettings; party: RelyingParty | null };

export function createPasskeys(
	database: DatabaseSync,
	{ people, sessions, settings, party }: Parts,
	now: () => number,
) {
	const ones = database.prepare('SELECT * FROM passkey WHERE person_id = ? ORDER BY created_at, id');
	const everyones = database.prepare(
		`SELECT passkey.* FROM passkey JOIN person ON person.id = person_id
		 WHERE removed_at IS NULL ORDER BY passkey.created_at, passkey.id`,
	);
	const find = database.prepare('SELECT * FROM passkey WHERE id = ?');
	const insert = database.prepare(
		`INSERT INTO passkey (id, person_id, name, public_key, counter, transports, made_on, created_at)
		 VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		 ON CONFLICT DO NOTHING`,
	);
	const used = database.prepare('UPDATE passkey SET counter = ?, used_at = ? WHERE id = ? AND counter = ?');
	const rename = database.prepare('UPDATE passkey SET name = ? WHERE id = ? AND person_id = ?');
	const remove = database.prepare('DELETE FROM passkey WHERE id = ? AND person_id = ?');
	const challenges = createChallenges(now);

	function site(): RelyingParty {
		if (!party) throw new Refusal('passkeys-unavailable');
		return party;
	}

	/** From when on this person needs one and has none; null: they need none, or have one. */
	function dueOf({ id, role }: Person): string | null {
		const from = party && writesForAssociation(role) ? settings.passkeysFrom() : null;
		return from !== null && ones.get(id) === undefined ? from : null;
	}

	return {
		/** The host on which passkeys work; null: nowhere. */
		host: party?.id ?? null,
		dueOf,
		/** Whether a person may do nothing but add a passkey. */
		shutsOut(person: Person): boolean {
			const due = dueOf(person);
			return due !== null && Date.parse(due) <= now();
		},

		list: (personId: string): Passkey[] => ones.all(personId).map(toPasskey),

		/** Everyone's who is here. */
		all: (): (Passkey & { personId: string })[] =>
			everyones.all().map((row) => ({ ...toPasskey(row), personId: String(row['person_id']) })),

		/** @throws Refusal `not-found` */
		ownerOf(id: string): string {
			const row = find.get(id);
			if (!row) throw new Refusal('not-found');
			return String(row['person_id']);
		},

		/** @throws Refusal `passkeys-unavailable` */
		async optionsToAdd(person: Person) {
			const options = await (
				await webauthn()
			).generateRegistrationOptions({
				rpID: site().id,
				rpName: 'Mitschrift',
				// EdDSA, ES256, RS256: what authenticators have.
				supportedAlgorithmIDs: [-8, -7, -257],
				userID: new TextEncoder().encode(person.id),
				userName: person.name,
				excludeCredentials: ones.all(person.id).map((row) => ({ id: String(row['id']) })),
				authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
				challenge: challenges.draw(adding(person.id)),
			});
			return options;
		},

		/**
		 * Judges a new one, which takes a while.
		 * @returns keeps it, on a device; @throws Refusal `passkey-refused` when it is there already
		 * @throws Refusal `passkeys-unavailable`, `passkey-refused`
		 */
		async judgeNew(
			person: Person,
			{ name, response }: { name: string; response: RegistrationResponseJSON },
		): Promise<(device: string) => Passkey> {
			let asked = '';
			const verified = await judge(async () =>
				(await webauthn()).verifyRegistrationResponse({
					response,
					expectedChallenge: (challenge) => challenges.isGood((asked = challenge), adding(person.id)),
					expectedOrigin: originOf(response.response.clientDataJSON, site()),
					expectedRPID: site().id,
				}),
			);
			if (!verified.verified) throw new Refusal('passkey-refused');
			const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
			return (device) => {
				if (!challenges.spend(asked, adding(person.id))) throw new Refusal('passkey-refused');
				const added = insert.run(id, person.id, name, publicKey, counter, transports.join(), device, now());
				if (added.changes !== 1) throw new Refusal('passkey-refused');
				return toPasskey(find.get(id) ?? {});
			};
		},

		/** @throws Refusal `passkeys-unavailable` */
		async optionsToSignIn() {
			const options = await (
				await webauthn()
			).generateAuthenticationOptions({
				rpID: site().id,
				userVerification: 'required',
				challenge: challenges.draw(signingIn),
			});
			return options;
		},

		/**
		 * Judges an answer, which takes a while.
		 * @returns signs its person in; @throws Refusal `passkey-refused` when it was used meanwhile
		 * @throws Refusal `passkeys-unavailable`, `passkey-refused`
		 */
		async judgeSignIn(response: AuthenticationResponseJSON): Promise<(device: string) => NewSession> {
			const row = find.get(response.id);
			let asked = '';
			const verified = await judge(async () =>
				(await webauthn()).verifyAuthenticationResponse({
					response,
					expectedChallenge: (challenge) => challenges.isGood((asked = challenge), signingIn),
					expectedOrigin: originOf(response.response.clientDataJSON, site()),
					expectedRPID: site().id,
					credential: toCredential(row),
				}),
			);
			if (!row || !verified.verified) throw new Refusal('passkey-refused');
			const { newCounter } = verified.authenticationInfo;
			return (device) =>
				transaction(database, () => {
					if (!challenges.spend(asked, signingIn)) throw new Refusal('passkey-refused');
					if (used.run(newCounter, now(), response.id, row['counter'] as number).changes !== 1)
						throw new Refusal('passkey-refused');
					return sessions.begin(people.get(String(row['person_id'])), device);
				});
		},

		/** @throws Refusal `not-found` */
		rename(id: string, personId: string, name: string): void {
			if (rename.run(name, id, personId).changes !== 1) throw new Refusal('not-found');
		},

		/**
		 * @param lost somebody else takes it away: then the person may have none left, and has to add one
		 * @throws Refusal `not-found`, `passkey-last` where one is required and this is it
		 */
		remove(id: string, personId: string, { lost = false } = {}): void {
			transaction(database, () => {
				if (remove.run(id, personId).changes !== 1) throw new Refusal('not-found');
				if (!lost && dueOf(people.get(personId)) !== null) throw new Refusal('passkey-last');
			});
		},
	};
}

/** Whatever is wrong with an answer, whoever sent it learns no more than that. @throws Refusal `passkey-refused` */
async function judge<T>(verify: () => Promise<T>): Promise<T> {
	try {
		return await verify();
	} catch (cause) {
		if (cause instanceof Refusal) throw cause;
		throw new Refusal('passkey-refused');
	}
}

/** The origin that the browser signed when it is one of ours, else one that no answer can have. */
function originOf(clientDataJSON: string, { isOrigin }: RelyingParty): string {
	const { origin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as { origin?: unknown };
	return typeof origin === 'string' && isOrigin(origin) ? origin : 'null:';
}

function toCredential(row: Record<string, unknown> | undefined) {
	if (!row) throw new Refusal('passkey-refused');
	const transports = String(row['transports']).split(',').filter(Boolean) as AuthenticatorTransport[];
	const publicKey = new Uint8Array(row['public_key'] as Uint8Array);
	return { id: String(row['id']), publicKey, counter: Number(row['counter']), transports };
}

function toPasskey(row: Record<string, unknown>): Passkey {
	const moment = (value: unknown) => new Date(Number(value)).toISOString();
	return {
		id: String(row['id']),
		name: String(row['name']),
		since: moment(row['created_at']),
		usedAt: row['used_at'] === null ? null : moment(row['used_at']),
	};
}
