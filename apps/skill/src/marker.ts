/** Stands in every file that this program writes; only files with it are replaced or removed. */
export const marker = 'Written by "skill deploy" from the team file; changes made here are overwritten.';
