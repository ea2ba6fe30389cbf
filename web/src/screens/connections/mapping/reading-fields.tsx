import { useState } from 'react';
import type { MappingBody } from '../../../../../src/contract/mapping.ts';
import { SelectField, TextField } from '../../../parts/field.tsx';
import { splitWords } from './draft-mapping.ts';

const dateOrders = [
  { value: 'month-first', label: 'Month first: 12/31/2025' },
  { value: 'day-first', label: 'Day first: 31/12/2025' },
];
const decimalMarks = [
  { value: 'country', label: 'As in the connection’s country' },
  { value: 'point', label: '1,234 is a thousand (1,234.50)' },
  { value: 'comma', label: '1.234 is a thousand (1.234,50)' },
];

/** How values are read that can be read in two ways. */
export function ReadingFields({
  mapping,
  onChange,
}: {
  mapping: MappingBody;
  onChange: (next: MappingBody) => void;
}) {
  // the text as it is being typed: a comma at its end is no word yet
  const [words, setWords] = useState(mapping.placeholders.join(', '));
  return (
    <div className="@container">
      <div className="grid gap-x-5 gap-y-4 @lg:grid-cols-2">
        <SelectField
          label="Dates"
          options={dateOrders}
          value={mapping.date_order}
          onChange={({ target }) =>
            onChange({ ...mapping, date_order: target.value as MappingBody['date_order'] })
          }
        />
        <SelectField
          label="Numbers"
          options={decimalMarks}
          value={mapping.decimal_mark}
          onChange={({ target }) =>
            onChange({ ...mapping, decimal_mark: target.value as MappingBody['decimal_mark'] })
          }
        />
        <TextField
          label="Words for “no value”"
          className="@lg:col-span-2"
          value={words}
          onChange={({ target }) => {
            setWords(target.value);
            onChange({ ...mapping, placeholders: splitWords(target.value) });
          }}
          placeholder="tbd, unknown"
          autoComplete="off"
          hint="Separated by commas, beside those that are always understood: N/A, none, null, -"
        />
      </div>
    </div>
  );
}
