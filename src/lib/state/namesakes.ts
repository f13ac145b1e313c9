/** What a person is called where it matters which of several of one name they are. */
import type { App } from './app.svelte.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { nameOf } from './names.ts';
import { roleName } from './role-name.ts';

type Known = Pick<App, 'people' | 'former' | 'person' | 'directory'>;
type Namesake = { id: string; office: string; role: string; contact: string };

/** Of those who share their name, with what tells them apart: their office, role or contact, else a number. */
export function distinctNameOf(app: Known, personId: string): string {
	const name = nameOf(app, personId);
	const all = namesakesOf(app, name);
	const own = all.find(({ id }) => id === personId);
	if (!own || all.length < 2) return name;
	return `${name} (${whatTells(own, all)})`;
}

/**
 * Whose devices may write in the name of this author: a person's own, and where a file names somebody those of the only
 * person, here or gone, who is called so. Of several nobody can say which is meant, so it is none of them.
 */
export function claimedPerson(app: Known, by: string): string {
	const [person, ...others] = by.startsWith('word:') ? namesakesOf(app, by.slice(5)) : [];
	return person && others.length === 0 ? person.id : by;
}

/** Those who are called so now, and those who were. Without a name nobody is told from another. */
function namesakesOf({ people, former, directory }: Known, name: string): Namesake[] {
	const isSame = (other: { name: string }) => other.name !== '' && plain(other.name) === plain(name);
	const office = (id: string) =>
		directory.offices
			.filter(({ personId }) => personId === id)
			.map(({ title, bodyId }) =>
				[title, directory.bodies.find((body) => body.id === bodyId)?.name].filter(Boolean).join(', '),
			)
			.join('; ');
	const known = people
		.filter(isSame)
		.map(({ id, role, contact = '' }) => ({ id, office: office(id), role: roleName(role), contact }));
	const gone = former.filter(isSame).map(({ id }) => ({ id, office: '', role: m.audit_former(), contact: '' }));
	// In one order on every device, whoever was renamed.
	return [...known, ...gone.filter(({ id }) => !known.some((one) => one.id === id))].sort((a, b) =>
		a.id < b.id ? -1 : 1,
	);
}

function whatTells(own: Namesake, all: readonly Namesake[]): string {
	const briefly = ({ office, role }: Namesake) => office || role;
	const same = all.filter((other) => briefly(other) === briefly(own));
	if (same.length === 1) return briefly(own);
	const alike = same.filter(({ contact }) => contact === own.contact);
	if (own.contact !== '' && alike.length === 1) return `${briefly(own)}, ${own.contact}`;
	return `${briefly(own)}, ${same.indexOf(own) + 1}`;
}

function plain(name: string): string {
	return name.trim().toLocaleLowerCase('de');
}
