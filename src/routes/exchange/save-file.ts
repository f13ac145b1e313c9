import type { ExportedFile } from '#lib/state/exchange.ts';

/** Hands a file to the browser, which asks where to put it or has a place for it. */
export function saveFile({ content, type, extension }: ExportedFile, title: string): void {
	const blob = new Blob([typeof content === 'string' ? content : new Uint8Array(content)], {
		type: `${type};charset=utf-8`,
	});
	const link = document.createElement('a');
	link.href = URL.createObjectURL(blob);
	link.download = `${fileNameOf(title)}.${extension}`;
	link.click();
	// The download has begun by then in every browser.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** What every file system takes. */
function fileNameOf(title: string): string {
	return (
		title
			.replace(/[^\p{L}\p{N} ._-]+/gu, ' ')
			.replace(/\s+/g, ' ')
			.trim()
			.slice(0, 80) || 'Mitschrift'
	);
}
