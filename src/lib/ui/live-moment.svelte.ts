/**
 * Ties a native date or time field to a value that others change too. A date being typed passes through other dates
 * (the year 0002 on the way to 2025): only a whole value within the field's bounds is handed on, and a cleared one when
 * the person leaves the field.
 */
import type { Attachment } from 'svelte/attachments';

/** @param oninvalid told on leaving whether what stands in the field is no date or time */
export function liveMoment(
	read: () => string,
	write: (next: string) => void,
	oninvalid: (invalid: boolean) => void,
): Attachment<HTMLInputElement> {
	return (field) => {
		const typed = () => {
			if (field.value === '' || !field.validity.valid) return;
			oninvalid(false);
			if (field.value !== read()) write(field.value);
		};
		const left = () => {
			const { badInput, rangeUnderflow, rangeOverflow } = field.validity;
			const invalid = badInput || rangeUnderflow || rangeOverflow;
			oninvalid(invalid);
			if (!invalid && field.value !== read()) write(field.value);
		};
		$effect(() => {
			const next = read();
			if (field.value === next) return;
			field.value = next;
			oninvalid(false);
		});
		field.addEventListener('input', typed);
		field.addEventListener('blur', left);
		return () => {
			field.removeEventListener('input', typed);
			field.removeEventListener('blur', left);
		};
	};
}
