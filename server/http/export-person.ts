/**
 * All that is stored about one person, for them to read, and nobody else's id. Their texts are not in it as texts: they are
 * in the documents, and stay there; in it is where their id stands, with what of it is about them.
 */
import type { PersonExport } from '#lib/protocol/api.ts';
import { another } from '../meetings/about-one.ts';
import { mentionsIn } from '../meetings/mentions.ts';
import type { Services } from './environment.ts';

/**
 * Looking through the documents takes its time; all else is read at once, as it is after it.
 * @param documents from `documentsAbout`
 * @throws Refusal `not-found`
 */
export function exportPerson({ accounts }: Services, id: string, documents: PersonExport['documents']): PersonExport {
	const person = accounts.people.record(id);
	const others = othersThan(accounts, id);
	const shown = (one: string | null) => (one !== null && others.has(one) ? another : one);
	const devices = accounts.sessions.devices(id, '');
	return {
		at: new Date().toISOString(),
		person,
		devices: devices.map(({ name, platform, since, seenAt }) => ({ name, platform, since, seenAt })),
		invitations: accounts.invitations.concerning(id).map((one) => ({ ...one, by: shown(one.by), for: shown(one.for) })),
		passkeys: accounts.passkeys.list(id).map(({ name, since, usedAt }) => ({ name, since, usedAt })),
		recoveryCodesLeft: accounts.recovery.left(id),
		approvals: accounts.approvals
			.concerning(id)
			.map(({ issueId, at }) => ({ name: `bulletin:${issueId}`, at: new Date(at).toISOString() })),
		audit: accounts.audit.concerning(id).map((one) => ({ ...one, by: shown(one.by), about: shown(one.about) })),
		documents,
	};
}

function othersThan({ people }: Services['accounts'], id: string): ReadonlySet<string> {
	return new Set(people.everyone().filter((one) => one !== id));
}

/** @throws Refusal `not-found`, before anything is looked through */
export async function documentsAbout(
	{ accounts, documents }: Services,
	id: string,
): Promise<PersonExport['documents']> {
	accounts.people.record(id);
	const found: PersonExport['documents'] = [];
	// One after the other: a document is in memory only while it is looked through.
	for (const { name } of await documents.list()) {
		const wrote = [...(await documents.authors(name)).values()].includes(id);
		const mentions = mentionsIn(await documents.load(name), id, othersThan(accounts, id));
		const named = (await documents.versions(name)).filter(({ personId }) => personId === id);
		const versions = named.map(({ label }) => label ?? '');
		if (wrote || mentions.length + versions.length > 0) found.push({ name, wrote, versions, mentions });
	}
	return found;
}
