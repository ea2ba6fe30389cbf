import { useState } from 'react';
import type { MappingVersionBody } from '../../../../../src/contract/mapping.ts';
import { Button } from '../../../parts/button.tsx';
import { CodeBlock } from '../../../parts/code-block.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { When } from '../../../parts/when.tsx';

/** Every version that was ever in force, newest first. */
export function MappingHistory({ history }: { history: MappingVersionBody[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Versions
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Versions of the mapping">
        <ul className="flex max-h-[60vh] flex-col gap-4 overflow-y-auto">
          {history.map(({ version, created_at, created_by, mapping }) => (
            <li key={version} className="flex flex-col gap-1.5 text-sm">
              <p>
                <span className="font-medium">Version {version}</span>{' '}
                <span className="text-ink-2">
                  <When at={created_at} /> by {created_by}
                </span>
              </p>
              <CodeBlock text={JSON.stringify(mapping, null, 2)} label={`version ${version}`} />
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
