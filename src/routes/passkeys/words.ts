import { m } from '#lib/i18n/paraglide/messages.js';
import { failureText } from '#lib/state/failure-text.ts';
import type { Obstacle, PasskeyFailure } from '#lib/state/passkeys.svelte.ts';

export function passkeyFailureText(failure: PasskeyFailure): string {
	if (failure === 'dismissed') return m.passkeys_dismissed();
	return failure === 'known' ? m.passkeys_known() : failureText(failure);
}

/** Why passkeys do not work here, and what would help. */
export function obstacleText(obstacle: Exclude<Obstacle, null>, host: string | null): string {
	if (obstacle === 'address') return m.passkeys_obstacle_address({ host: host ?? '' });
	if (obstacle === 'insecure') return m.passkeys_obstacle_insecure();
	return obstacle === 'server' ? m.passkeys_obstacle_server() : m.passkeys_obstacle_browser();
}
