/** What one wrote in a paragraph that another deletes, unseen, is kept, and one is told. Loaded when something waits. */
import { m } from '#lib/i18n/paraglide/messages.js';
import { documentTitle } from '#lib/state/document-title.ts';
import { keepUnseen } from '#lib/state/keep-unseen.ts';
import type { Session } from '#lib/state/session.svelte.ts';
import { toast } from '#lib/ui/toast.svelte.ts';

export function keepWords(session: Session, document: Parameters<typeof keepUnseen>[0]): Promise<void> {
	return keepUnseen(document, (takeBack) => {
		if (session.state.kind !== 'open') return;
		const title = documentTitle(document.name, session.state.app.directory);
		toast({ text: m.editor_words_kept({ title }), action: { label: m.editor_undo(), run: takeBack } });
	});
}
