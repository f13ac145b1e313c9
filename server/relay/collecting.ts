/**
 * V8 collects no young objects while it marks the old ones, and lets the young grow meanwhile (`--separate-gc-phases`). What
 * typing makes is little, and is handed on faster so. Judging a frame of twenty thousand structs makes ten megabytes, most
 * of it young while the frames before it are marked: then both are done at once, and memory stays where it was.
 */
import { setFlagsFromString } from 'node:v8';

/** @param both whether the young are collected while the old are marked, from here on */
export function collectWhileMarking(both: boolean): void {
	setFlagsFromString(both ? '--no-separate-gc-phases' : '--separate-gc-phases');
}
