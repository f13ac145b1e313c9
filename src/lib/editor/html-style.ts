/** The few things that an inline style may say about text. */
export type TextStyle = {
	/** null: nothing said. */
	strong: boolean | null;
	em: boolean | null;
	verbatim: boolean | null;
	hidden: boolean;
	struck: boolean;
	/** Word's own bullet or number, which the list makes anew. */
	wordMarker: boolean;
};

export function readStyle(element: Element): TextStyle {
	const style = (element.getAttribute('style') ?? '').slice(0, 4000);
	const weight = /(?:^|;)\s*font-weight\s*:\s*([a-z]+|\d+)/i.exec(style)?.[1]?.toLowerCase();
	const slant = /(?:^|;)\s*font-style\s*:\s*([a-z]+)/i.exec(style)?.[1]?.toLowerCase();
	const space = /(?:^|;)\s*white-space\s*:\s*([a-z-]+)/i.exec(style)?.[1]?.toLowerCase();
	return {
		strong: weight === undefined ? null : weight === 'bold' || weight === 'bolder' || Number(weight) >= 600,
		em: slant === undefined ? null : slant !== 'normal',
		// Browsers write `pre-wrap` on copied editable text, whose white space means what it says.
		verbatim: space === undefined ? null : /^(pre|break-spaces)/.test(space),
		hidden: /(?:^|;)\s*(display\s*:\s*none|mso-hide\s*:\s*all)/i.test(style),
		struck: /(?:^|;)\s*text-decoration(-line)?\s*:[^;]*line-through/i.test(style),
		wordMarker: /mso-list\s*:\s*ignore/i.test(style),
	};
}
