import { m } from '#lib/i18n/paraglide/messages.js';
import type { PublishingCode } from '#lib/protocol/api.ts';
import type { Failure } from './api.ts';

/** What publishing is refused for has its sentences there: not every page needs them. */
export type CommonFailure = Exclude<Failure, PublishingCode>;

const sentences: Record<CommonFailure, () => string> = {
	offline: m.access_failure_offline,
	'bad-request': m.access_failure_bad_request,
	unauthorized: m.access_failure_unauthorized,
	'another-person': m.access_failure_unauthorized,
	revoked: m.access_failure_unauthorized,
	forbidden: m.access_failure_forbidden,
	'not-found': m.access_failure_not_found,
	'link-unknown': m.access_failure_link_unknown,
	'link-used': m.access_failure_link_used,
	'link-expired': m.access_failure_link_expired,
	'meeting-gone': m.access_failure_meeting_gone,
	'too-many-tries': m.access_failure_too_many_tries,
	'passkey-needed': m.passkeys_failure_needed,
	'passkey-refused': m.passkeys_failure_refused,
	'passkey-last': m.passkeys_failure_last,
	'passkeys-unavailable': m.passkeys_failure_unavailable,
	'already-set-up': m.access_failure_already_set_up,
	'not-set-up': m.access_failure_not_set_up,
	'last-admin': m.access_failure_last_admin,
	'name-mixed': m.access_failure_name_mixed,
	'name-lookalike': m.access_failure_name_lookalike,
	'too-large': m.access_failure_too_large,
	'foreign-origin': m.access_failure_foreign_origin,
	server: m.access_failure_server,
};

/** What happened and what to do, in one or two sentences. */
export function failureText(failure: Failure): string {
	return (failure in sentences ? sentences[failure as CommonFailure] : sentences.server)();
}
