/**
 * In place of the browser's own jump, which would be a page of its own to go back from. At once: texts that nobody has seen
 * yet get their height when they are passed, and a smooth way would end where the article is no more.
 */
export function goToArticle(event: MouseEvent, id: string): void {
	event.preventDefault();
	const article = document.getElementById(`article-${id}`);
	article?.scrollIntoView({ block: 'start' });
	article?.focus({ preventScroll: true });
}
