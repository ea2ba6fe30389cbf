import type { ConnectionBody } from '../../../../src/contract/connections.ts';
import { platforms } from '../../../../src/domain/connection.ts';
import { viewerZone } from '../../format/time.ts';
import { SelectField, TextField } from '../../parts/field.tsx';
import { layoutWords, platformWords } from './platform-words.ts';

const platformOptions = platforms.map((value) => ({ value, label: platformWords[value] }));
const layoutOptions = Object.entries(layoutWords).map(([value, label]) => ({ value, label }));
const zones = Intl.supportedValuesOf('timeZone');

type Settings = Pick<
  ConnectionBody,
  'name' | 'platform' | 'time_zone' | 'currency' | 'default_country' | 'channel_layout' | 'scorecard'
>;

/** The settings of a connection in a form. */
export function SettingsFields({ settings }: { settings?: Settings }) {
  return (
    <div className="@container">
      <div className="grid gap-x-5 gap-y-4 @lg:grid-cols-2">
        <TextField
          label="Name"
          name="name"
          required
          maxLength={200}
          defaultValue={settings?.name}
          placeholder="Ringba, main account"
          autoComplete="off"
        />
        <SelectField
          label="Platform"
          name="platform"
          options={platformOptions}
          defaultValue={settings?.platform ?? 'ringba'}
          hint="Decides the templates to paste."
        />
        <div>
          <TextField
            label="Time zone of the account"
            name="time_zone"
            list="time-zones"
            required
            defaultValue={settings?.time_zone ?? viewerZone}
            autoComplete="off"
            hint="In which the platform writes its call dates."
          />
          <datalist id="time-zones">
            {zones.map((zone) => (
              <option key={zone} value={zone} />
            ))}
          </datalist>
        </div>
        <SelectField
          label="Recording channels"
          name="channel_layout"
          options={layoutOptions}
          defaultValue={settings?.channel_layout ?? 'caller-agent'}
          hint="Tells caller and agent apart without guessing."
        />
        <TextField
          label="Currency"
          name="currency"
          required
          pattern="[A-Z]{3}"
          title="Three capital letters, such as USD"
          defaultValue={settings?.currency ?? 'USD'}
          autoComplete="off"
        />
        <TextField
          label="Country of phone numbers"
          name="default_country"
          required
          pattern="[A-Z]{2}"
          title="Two capital letters, such as US"
          defaultValue={settings?.default_country ?? 'US'}
          autoComplete="off"
          hint="For numbers that come without a country code."
        />
        <TextField
          label="Scorecard"
          name="scorecard"
          className="@lg:col-span-2"
          defaultValue={settings?.scorecard ?? ''}
          placeholder="Chosen by each call’s vertical"
          autoComplete="off"
          hint="Id of a scorecard to use for every call of this connection, such as medicare."
        />
      </div>
    </div>
  );
}

/** What the form says, as the API takes it. */
export function readSettings(form: HTMLFormElement): Settings {
  const data = new FormData(form);
  const text = (name: string) => String(data.get(name) ?? '').trim();
  return {
    name: text('name'),
    platform: text('platform') as Settings['platform'],
    time_zone: text('time_zone'),
    currency: text('currency'),
    default_country: text('default_country'),
    channel_layout: text('channel_layout') as Settings['channel_layout'],
    scorecard: text('scorecard') || null,
  };
}
