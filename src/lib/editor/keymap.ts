/** The keys. Tab and Shift-Tab belong to lists alone, so that the keyboard can leave the editor. */
import { baseKeymap, chainCommands } from 'prosemirror-commands';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Command, Plugin } from 'prosemirror-state';
import { redo, undo } from 'y-prosemirror';
import {
	backspace,
	enter,
	insertLineBreak,
	shiftIndent,
	toggleChecked,
	toggleFormat,
	toggleLevel,
	toggleList,
} from './commands.ts';
import { schema } from './schema.ts';
import { eraseBesideStrike } from './suggest/keys.ts';

/** @param askLink asks for an address and puts it on the selection */
export function editorKeys(askLink: () => void): Plugin[] {
	const { strong, em } = schema.marks;
	const back = chainCommands(undoInputRule, eraseBesideStrike(-1), backspace);
	return [
		keymap({
			'Mod-z': (state) => undo(state),
			'Mod-y': (state) => redo(state),
			'Shift-Mod-z': (state) => redo(state),
			'Mod-b': toggleFormat(strong),
			'Mod-i': toggleFormat(em),
			'Mod-k': asCommand(askLink),
			'Mod-Alt-0': toggleLevel(null),
			'Mod-Alt-1': toggleLevel(1),
			'Mod-Alt-2': toggleLevel(2),
			'Mod-Alt-3': toggleLevel(3),
			'Shift-Mod-7': toggleList('ordered'),
			'Shift-Mod-8': toggleList('bullet'),
			'Shift-Mod-9': toggleList('check'),
			'Mod-Enter': toggleChecked,
			Enter: enter,
			'Shift-Enter': insertLineBreak,
			Backspace: back,
			'Mod-Backspace': back,
			'Shift-Backspace': back,
			Delete: eraseBesideStrike(1),
			Tab: shiftIndent(1),
			'Shift-Tab': shiftIndent(-1),
		}),
		keymap(baseKeymap),
	];
}

function asCommand(run: () => void): Command {
	return (_state, dispatch) => {
		if (dispatch) run();
		return true;
	};
}
