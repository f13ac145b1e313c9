/** An entry of the audit log as a sentence. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { AuditEntry } from '#lib/state/audit.svelte.ts';
import { roleName, roles } from '#lib/state/role-name.ts';

type Words = { by: string; about: string; document: string; role: string; from: string; to: string };

const sentences: Record<string, (words: Words) => string> = {
	'set-up': m.audit_set_up,
	'invitation-withdrawn': m.audit_invitation_withdrawn,
	joined: m.audit_joined,
	'signed-out': m.audit_signed_out,
	'device-removed': m.audit_device_removed,
	'guest-turned-away': m.audit_guest_turned_away,
	'guest-time-over': m.audit_guest_time_over,
	'person-added': m.audit_person_added,
	'role-changed': m.audit_role_changed,
	'name-changed': m.audit_name_changed,
	'person-removed': m.audit_person_removed,
	'person-erased': m.audit_person_erased,
	'person-exported': m.audit_person_exported,
	'text-erased': m.audit_text_erased,
	published: m.audit_published,
	'page-withdrawn': m.audit_page_withdrawn,
	'page-shown': m.audit_page_shown,
	'passkey-added': m.audit_passkey_added,
	'passkey-removed': m.audit_passkey_removed,
	'codes-made': m.audit_codes_made,
	'recovery-used': m.audit_recovery_used,
	restored: m.audit_restored,
};

/**
 * @param nameOf null for somebody who was erased
 * @param titleOf of a document
 */
export function auditSentence(
	entry: AuditEntry,
	nameOf: (id: string) => string | null,
	titleOf: (name: string) => string,
): string {
	const { kind, by, about, detail } = entry;
	const named = (id: string | null) => (id === null ? m.audit_server() : (nameOf(id) ?? m.audit_former()));
	const words: Words = {
		by: named(by),
		about: named(about ?? by),
		document: kind === 'text-erased' ? titleOf(about ?? '') : '',
		role: roleWord(detail['role']),
		from: roleWord(detail['from']),
		to: roleWord(detail['to']),
	};
	if (detail['because'] === 'host-gone') return m.audit_guest_with_host(words);
	if (kind === 'setting-changed') return settingSentence(detail)(words);
	if (kind === 'invited') return invitedSentence(about, detail)(words);
	return sentences[kind]?.(words) ?? m.audit_other({ by: words.by, kind });
}

const voided: Record<string, (words: { count: number }) => string> = {
	devices: m.audit_void_devices,
	invitations: m.audit_void_invitations,
	passkeys: m.audit_void_passkeys,
	codes: m.audit_void_codes,
};

/** What an access took with it when it ended, and which it left; empty where there was nothing. */
export function auditVoided({ detail }: AuditEntry): string {
	const stayed = Number(detail['guestsStayed'] ?? 0);
	const counts = Object.entries(voided).flatMap(([what, words]) => {
		const count = Number(detail[what] ?? 0);
		return count > 0 ? [words({ count })] : [];
	});
	return [
		...(counts.length > 0 ? [m.audit_void({ list: counts.join(', ') })] : []),
		...(stayed > 0 ? [m.audit_guests_stayed({ count: stayed })] : []),
	].join(' ');
}

function settingSentence(detail: AuditEntry['detail']): (words: Words) => string {
	const required = detail['passkeysRequired'];
	if (required === undefined) return m.audit_setting_changed;
	return required === 'on' ? m.audit_passkeys_required : m.audit_passkeys_not_required;
}

function invitedSentence(about: AuditEntry['about'], detail: AuditEntry['detail']): (words: Words) => string {
	if (about === null) return m.audit_invited;
	return 'meeting' in detail ? m.audit_invited_guest : m.audit_invited_device;
}

function roleWord(value: string | number | undefined): string {
	const role = roles.find((one) => one === value);
	return role ? roleName(role) : String(value ?? '');
}
