/**
 * Keys for the minute taker: Ctrl+Alt and a letter, the same in both languages. On a German keyboard AltGr counts as
 * Ctrl+Alt on Windows, so AltGr itself is let through: it types characters.
 */
export type MinutesAction = 'resolution' | 'task' | 'next';

export const keyNames: Record<MinutesAction, { code: string; shown: string; aria: string }> = {
	resolution: { code: 'KeyB', shown: 'Ctrl+Alt+B', aria: 'Control+Alt+B' },
	task: { code: 'KeyA', shown: 'Ctrl+Alt+A', aria: 'Control+Alt+A' },
	next: { code: 'KeyN', shown: 'Ctrl+Alt+N', aria: 'Control+Alt+N' },
};

type Pressed = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'getModifierState'>;

export function minutesAction(event: Pressed): MinutesAction | null {
	if (!event.ctrlKey || !event.altKey || event.shiftKey || event.metaKey) return null;
	if (event.getModifierState('AltGraph')) return null;
	const actions: MinutesAction[] = ['resolution', 'task', 'next'];
	return actions.find((action) => keyNames[action].code === event.code) ?? null;
}
