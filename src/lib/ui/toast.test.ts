import { expect, test } from 'vitest';
import { dismissToast, shownToasts, toast } from './toast.svelte.ts';

const texts = () => shownToasts().map(({ text }) => text);

test('what is said again is said once, but what can be taken back is another thing each time', () => {
	toast({ text: 'Kopiert.' });
	toast({ text: 'Kopiert.' });
	expect(texts()).toEqual(['Kopiert.']);
	const undo = { label: 'Rückgängig', run: () => {} };
	const [first, second] = [
		toast({ text: '1 abgelehnt.', action: undo }),
		toast({ text: '1 abgelehnt.', action: undo }),
	];
	expect(texts()).toEqual(['Kopiert.', '1 abgelehnt.', '1 abgelehnt.']);
	dismissToast(second);
	expect(shownToasts().map(({ key }) => key)).toContain(first);
});
