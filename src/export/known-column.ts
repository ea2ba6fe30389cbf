import type { Column } from './table-model.ts';

/** Beside a sum of money that is not known of all its calls: of how many it is. */
export function knownColumn(label: string): Column {
  return {
    heading: `${label}: calls it is known of`,
    kind: 'number',
    definition: 'Of so many calls the amount is known; the others are left out of the sum.',
  };
}
