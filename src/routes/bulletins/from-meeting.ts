/** A press on "issue from this meeting": makes it, goes there, and offers to take it back. */
import { goto } from '$app/navigation';
import type { Meeting } from '#lib/domain/meeting.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from '#lib/state/app.svelte.ts';
import { Bulletins } from '#lib/state/bulletin.svelte.ts';
import { toast } from '#lib/ui/toast.svelte.ts';

export async function fromMeeting(app: App, meeting: Meeting): Promise<void> {
	const { startIssue } = await import('#lib/state/issue-from-meeting.svelte.ts');
	const bulletins = new Bulletins(app);
	const { id, isNew, brought } = await startIssue(app, meeting, bulletins.language);
	await goto(`/bulletins/${id}`);
	if (!isNew) {
		const came = [
			brought.articles > 0 ? m.bulletins_from_articles({ count: brought.articles }) : '',
			brought.resolutions > 0 ? m.bulletins_from_resolutions({ count: brought.resolutions }) : '',
		].filter(Boolean);
		toast({ text: came.length > 0 ? m.bulletins_from_came({ what: came.join(', ') }) : m.bulletins_from_nothing() });
		return;
	}
	toast({
		text: m.bulletins_from_done(),
		action: {
			label: m.bulletins_undo(),
			run: () => void goto('/bulletins').then(() => bulletins.remove(id)),
		},
	});
}
