/** What a drag handle needs; spread it on a `<button>`, or give it to `<DragHandle>`. */
export type SortHandle = {
	type: 'button';
	'data-sort-handle': string;
	'aria-label': string;
	title: string;
	onpointerdown: (event: PointerEvent) => void;
	onkeydown: (event: KeyboardEvent) => void;
};
