/**
 * Ties a text field to a value that others change too. The field is never re-set under the person's hands: the caret
 * keeps its place, and nothing is written into it while an input method composes.
 */
import type { Attachment } from 'svelte/attachments';
import { changeBetween, mapCaret, rebase } from './text-change.ts';

type TextInput = HTMLInputElement | HTMLTextAreaElement;

/**
 * @param read the value as it stands; read reactively
 * @param write called with every change by hand, after composing has ended
 */
export function liveText(read: () => string, write: (next: string) => void): Attachment<TextInput> {
	return (field) => {
		let composing = false;
		/** The value that the field's text is a change of. */
		let base = '';

		const show = (next: string) => {
			base = next;
			if (field.value === next) return;
			const change = changeBetween(field.value, next);
			const { selectionStart, selectionEnd, selectionDirection } = field;
			field.value = next;
			if (document.activeElement !== field || selectionStart === null || selectionEnd === null) return;
			field.setSelectionRange(
				mapCaret(selectionStart, change),
				mapCaret(selectionEnd, change),
				selectionDirection ?? undefined,
			);
		};
		const typed = () => {
			if (composing) return;
			const theirs = read();
			const next = rebase(base, field.value, theirs);
			base = next;
			if (next !== theirs) write(next);
			show(next);
		};
		const begin = () => {
			composing = true;
		};
		const end = () => {
			composing = false;
			typed();
		};

		$effect(() => {
			const next = read();
			if (!composing) show(next);
		});
		field.addEventListener('input', typed);
		field.addEventListener('compositionstart', begin);
		field.addEventListener('compositionend', end);
		return () => {
			field.removeEventListener('input', typed);
			field.removeEventListener('compositionstart', begin);
			field.removeEventListener('compositionend', end);
		};
	};
}
