/**
 * What boards of five associations write that contradicts itself or their calendar, and what is right. The lists of the first four
 * were made before the rules were looked at.
 */
import type { Club } from './club.ts';
import { branch } from './clubs/branch.ts';
import { gymnasts } from './clubs/gymnasts.ts';
import { hall } from './clubs/hall.ts';
import { parish } from './clubs/parish.ts';
import { residents } from './clubs/residents.ts';

export const clubs: Readonly<Record<string, Club>> = { branch, residents, gymnasts, hall, parish };
