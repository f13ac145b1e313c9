/** Hands somebody the file with all that is stored about a person. What makes it is loaded when it is asked for. */
import { m } from '#lib/i18n/paraglide/messages.js';
import type { App } from '#lib/state/app.svelte.ts';
import { failureText } from '#lib/state/failure-text.ts';
import type { Session } from '#lib/state/session.svelte.ts';
import { saveFile } from '#lib/ui/save-file.ts';
import { toast } from '#lib/ui/toast.svelte.ts';

export async function savePersonExport(session: Session, app: App, personId: string): Promise<void> {
	const { exportPerson } = await import('#lib/state/person-export.ts');
	const result = await exportPerson(session, app, personId);
	if (result.ok) saveFile(result.value.name, 'text/html', result.value.text);
	else toast({ text: m.audit_export_failed({ reason: failureText(result.error) }) });
}
