/**
 * A whole page for a frame in which no script runs (`sandbox` without `allow-scripts`), and nothing else: it is the one
 * place where HTML that the server rendered becomes part of a page of ours.
 */
type PagePolicy = { createHTML(html: string): unknown };
type WithPolicies = {
	trustedTypes?: { createPolicy(name: string, rules: { createHTML(html: string): string }): PagePolicy };
};

let policy: PagePolicy | undefined;

/** @param frame is sandboxed */
export function showPage(frame: HTMLIFrameElement, html: string): void {
	policy ??= (globalThis as WithPolicies).trustedTypes?.createPolicy('mitschrift-page', { createHTML: (text) => text });
	if (!frame.hasAttribute('sandbox') || frame.sandbox.contains('allow-scripts')) throw new Error('scripts would run');
	frame.srcdoc = (policy?.createHTML(html) ?? html) as string;
}
