import DrawnIcon from './DrawnIcon.svelte';
import type { Icon } from './icon.ts';

/** The shapes of an icon, on a square of 24. */
export type IconNode = readonly (readonly [tag: string, attributes: Record<string, string>])[];

/** What `src/plain-icons.ts` makes of an icon's file. */
export function drawnIcon(node: IconNode): Icon {
	return (anchor, props) =>
		DrawnIcon(anchor, {
			node,
			get size() {
				return props.size;
			},
			get strokeWidth() {
				return props.strokeWidth;
			},
		});
}
