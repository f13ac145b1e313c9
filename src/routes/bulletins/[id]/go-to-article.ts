/** In place of the browser's own jump, which would be a page of its own to go back from. */
export function goToArticle(event: MouseEvent, id: string): void {
	event.preventDefault();
	const article = document.getElementById(`article-${id}`);
	article?.scrollIntoView({ block: 'start', behavior: 'smooth' });
	article?.focus({ preventScroll: true });
}
