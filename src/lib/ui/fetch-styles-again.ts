/** A part's style that could not be fetched is not asked for a second time with the part: it is asked for here. */
export function fetchStylesAgain(): void {
	for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
		if (!link.sheet) link.replaceWith(link.cloneNode());
}
