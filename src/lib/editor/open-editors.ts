import type { Editor } from './open-editor.ts';

/** The editors of this page, by the root that each writes in. */
export const openEditors = new Map<string, Editor>();
