import { m } from '#lib/i18n/paraglide/messages.js';
import { toast } from './toast.svelte.ts';

/**
 * Loads the page anew, which brings what is missing of it: a browser that could not have a part remembers that, and asks for
 * it no more. Without a network it is not done, for that could leave no page at all.
 */
export async function loadAgain(): Promise<void> {
	const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null);
	if (answer?.ok) location.reload();
	else toast({ text: m.shell_still_offline() });
}
