/** The keys. Tab and Shift-Tab belong to lists and tables alone, so that the keyboard can leave the editor. */
import { baseKeymap, chainCommands } from 'prosemirror-commands';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import type { Command, EditorState, Plugin } from 'prosemirror-state';
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
import { eraseBesideStrike } from './suggest/erase-beside-strike.ts';
import { isInTable, whenInTable } from './table/in-table.ts';

/** @param askLink asks for an address and puts it on the selection */
export function editorKeys(askLink: () => void): Plugin[] {
	return [keymap(keyCommands(askLink)), keymap(baseKeymap)];
}

/** What keys do here; each that one has to be told of stands in `review/key-list.ts`. @param askLink as above */
export function keyCommands(askLink: () => void): Record<string, Command> {
	const { strong, em } = schema.marks;
	const back = chainCommands(undoInputRule, eraseBesideStrike(-1), backspace);
	return {
		'Mod-z': always(undo),
		'Mod-y': always(redo),
		'Shift-Mod-z': always(redo),
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
		Tab: chainCommands(inCells(1), shiftIndent(1)),
		'Shift-Tab': chainCommands(inCells(-1), shiftIndent(-1)),
		ArrowDown: inRows(1),
		ArrowUp: inRows(-1),
	};
}

/** With nothing to take back the key does nothing: it is not the browser's, nor with Shift that of the key without. */
function always(command: (state: EditorState) => boolean): Command {
	return (state) => {
		command(state);
		return true;
	};
}

function inCells(step: 1 | -1): Command {
	return whenInTable(({ goToCell }) => goToCell(step));
}

/** Left to itself a browser goes on to the cell beside. */
function inRows(step: 1 | -1): Command {
	const go = whenInTable(({ goToRow }) => goToRow(step));
	return (state, dispatch, view) => {
		const isLeaving = isInTable(state) && state.selection.empty && view?.endOfTextblock(step < 0 ? 'up' : 'down');
		return isLeaving === true && go(state, dispatch, view);
	};
}

function asCommand(run: () => void): Command {
	return (_state, dispatch) => {
		if (dispatch) run();
		return true;
	};
}
