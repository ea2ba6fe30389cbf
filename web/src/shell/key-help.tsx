import { modifierKey } from '../keys/modifier-key.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Kbd } from '../parts/kbd.tsx';
import { places } from './places.ts';

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [[modifierKey, 'K'], 'Command menu'],
      [['/'], 'Search calls'],
      ...places.map(({ key, label }): [string[], string] => [['G', key.toUpperCase()], label]),
      [['?'], 'This help'],
    ],
  },
  {
    title: 'List of calls',
    keys: [
      [['J'], 'Next call'],
      [['K'], 'Previous call'],
      [['Enter'], 'Open'],
    ],
  },
  {
    title: 'One call',
    keys: [
      [['Space'], 'Play or pause'],
      [['←', '→'], '5 seconds back or on'],
      [['1', '…', '9'], 'Jump to the evidence of a criterion'],
      [['R', 'Enter'], 'Confirm all that is left'],
      [['J', 'K'], 'Next or previous call of the list'],
    ],
  },
];

/** What the keys do. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard">
      <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
        {groups.map((group) => (
          <div key={group.title}>
            <h3 className="mb-2 font-medium text-ink-3 text-xs">{group.title}</h3>
            <dl className="flex flex-col gap-1.5 text-sm">
              {group.keys.map(([keys, meaning]) => (
                <div key={meaning} className="flex items-center justify-between gap-3">
                  <dt>{meaning}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
