import { m } from '#lib/i18n/paraglide/messages.js';
import { roles, type Role } from '#lib/protocol/policy.ts';

export { roles };

const names: Record<Role, () => string> = {
	admin: m.access_role_admin,
	board: m.access_role_board,
	member: m.access_role_member,
	guest: m.access_role_guest,
};

export function roleName(role: Role): string {
	return names[role]();
}

const explanations: Record<Role, () => string> = {
	admin: m.access_role_admin_may,
	board: m.access_role_board_may,
	member: m.access_role_member_may,
	guest: m.access_role_guest_may,
};

/** What a person of that role may do, in a sentence. */
export function roleExplanation(role: Role): string {
	return explanations[role]();
}
