/**
 * In place of the browser's own jump, which would be a page of its own to go back from. At once: texts that nobody has seen
 * yet get their height when they are passed, and a smooth way would end where the article is no more.
 */
export function goToPlace(event: MouseEvent, id: string): void {
	event.preventDefault();
	const place = document.getElementById(id);
	place?.scrollIntoView({ block: 'start' });
	place?.focus({ preventScroll: true });
}

export function goToArticle(event: MouseEvent, id: string): void {
	goToPlace(event, `article-${id}`);
}
