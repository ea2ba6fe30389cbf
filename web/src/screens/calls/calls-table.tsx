import type { CallSummaryBody } from '../../../../src/contract/calls.ts';
import { zoneLabel } from '../../format/time.ts';
import { Table, Th } from '../../parts/table.tsx';
import { CallRow } from './call-row.tsx';

/** The calls, one a row. `chosen` is the row that the keys are at. */
export function CallsTable({ calls, chosen }: { calls: readonly CallSummaryBody[]; chosen: number }) {
  return (
    <Table label="Calls">
      <thead>
        <tr>
          <Th>Caller, time ({zoneLabel()})</Th>
          <Th className="max-sm:hidden">Publisher → buyer</Th>
          <Th className="text-right max-sm:hidden">Connected</Th>
          <Th className="text-right">Reported</Th>
          <Th>Outcome</Th>
          <Th className="max-sm:hidden">Disagreement</Th>
          <Th className="text-right max-sm:hidden">Stages</Th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call, index) => (
          <CallRow key={call.id} call={call} index={index} chosen={index === chosen} />
        ))}
      </tbody>
    </Table>
  );
}
