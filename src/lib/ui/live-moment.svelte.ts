/**
 * Ties a native date or time field to a value that others change too. A date being typed passes through other dates
 * (the year 0002 on the way to 2025, 3 February on the way to the 31st): what is typed is handed on when the person
 * leaves the field or sends the form, what is picked at once, and only when it is a whole value within the field's bounds.
 * A form is not sent while something stands here that is no date or time: what was there before is not what they mean.
 */
import type { Attachment } from 'svelte/attachments';

/** @param oninvalid told on leaving whether what stands in the field is no date or time */
export function liveMoment(
	read: () => string,
	write: (next: string) => void,
	oninvalid: (invalid: boolean) => void,
): Attachment<HTMLInputElement> {
	return (field) => {
		let typing = false;
		let shown: string | null = null;
		const pressed = ({ key }: KeyboardEvent) => {
			if (key === 'Enter') handOn();
			else if (key !== 'Tab') typing = true;
		};
		const changed = () => {
			if (field.value === '' || !field.validity.valid) return;
			oninvalid(false);
			if (!typing && field.value !== read()) write(field.value);
		};
		/** @returns false when what stands in the field is no date or time */
		function handOn(): boolean {
			typing = false;
			const { badInput, rangeUnderflow, rangeOverflow } = field.validity;
			const invalid = badInput || rangeUnderflow || rangeOverflow;
			oninvalid(invalid);
			if (!invalid && field.value !== read()) write(field.value);
			return !invalid;
		}
		const sent = (event: SubmitEvent) => {
			if (handOn()) return;
			event.preventDefault();
			event.stopImmediatePropagation();
			field.focus();
		};
		$effect(() => {
			const next = read();
			// Another value beside this one has changed: what is being typed here stays.
			if (next === shown) return;
			shown = next;
			if (field.value === next) return;
			field.value = next;
			oninvalid(false);
		});
		const { form } = field;
		field.addEventListener('keydown', pressed);
		field.addEventListener('input', changed);
		field.addEventListener('blur', handOn);
		form?.addEventListener('submit', sent, { capture: true });
		return () => {
			field.removeEventListener('keydown', pressed);
			field.removeEventListener('input', changed);
			field.removeEventListener('blur', handOn);
			form?.removeEventListener('submit', sent, { capture: true });
		};
	};
}
