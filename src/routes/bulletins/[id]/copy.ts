/** Into the clipboard. What the browser does not allow answers false. */
import type { MailAnswer } from '#lib/state/publishing.svelte.ts';

export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false;
	}
}

/** As HTML and as plain text beside it: the mail program takes what it can. Call within a press. */
export async function copyMail(mail: Promise<MailAnswer | null>): Promise<boolean> {
	const part = (type: string, of: 'html' | 'text') =>
		mail.then((found) => {
			if (!found) throw new Error('there is nothing to copy');
			return new Blob([found[of]], { type });
		});
	try {
		const item = new ClipboardItem({
			'text/html': part('text/html', 'html'),
			'text/plain': part('text/plain', 'text'),
		});
		await navigator.clipboard.write([item]);
		return true;
	} catch {
		return false;
	}
}
