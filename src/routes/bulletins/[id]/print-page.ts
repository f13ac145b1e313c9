import { showPage } from '#lib/ui/framed-page.ts';

/**
 * Prints the public page itself, not what stands in the editor: fetched as everybody gets it, in a frame in which no
 * script runs. @returns false when it could not be fetched
 */
export async function printPage(path: string): Promise<boolean> {
	const html = await fetch(path)
		.then((response) => (response.ok ? response.text() : null))
		.catch(() => null);
	if (html === null) return false;
	const frame = document.createElement('iframe');
	frame.setAttribute('sandbox', 'allow-same-origin allow-modals');
	frame.title = path;
	frame.hidden = true;
	showPage(frame, html);
	await new Promise((resolve) => {
		frame.addEventListener('load', resolve, { once: true });
		document.body.append(frame);
	});
	frame.contentWindow?.addEventListener('afterprint', () => frame.remove());
	frame.contentWindow?.print();
	return true;
}
