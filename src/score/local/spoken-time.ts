const hours = '(?:1[0-2]|[1-9]|one)';
const clock = new RegExp(
  ` (?:(?:at|by|around|between|from|for|say|about|its|like) (?:${hours}|[1-9][0-5][05]|1[0-2][0-5][05])(?: (?:thirty|fifteen|forty five|am|pm|oclock|sharp|30|15|45|ish|or \\d+|to \\d+))?|(?:${hours}|[1-9][0-5]\\d|1[0-2][0-5]\\d) (?:am|pm|oclock|thirty|fifteen|sharp|30|15|45|ish|in the (?:morning|afternoon|evening))|noon|midnight|${hours} to ${hours}|between ${hours} and ${hours}|same time|half past \\d+|(?:quarter|ten|twenty|5|10|15|20) (?:to|after|past|till) \\d{1,2}|[1-9](?:30|15|45)|1[0-2](?:30|15|45|00))(?= |$)`,
);
const weekday = 'mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?';
const day = new RegExp(
  ` (?:today|tomorrow|tonight|${weekday}|the (?:\\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[a-z]+teenth|eleventh|twelfth|twentieth|thirtieth|\\d{1,2})|(?:january|february|march|april|june|july|august|september|october|november|december) [a-z0-9]+)(?= |$)`,
);
const part =
  / (morning|mornings|afternoon|afternoons|evening|evenings|after lunch|lunchtime|first thing|midday|end of the day|this week|next week)(?= |$)/;
const bareHour = /^( \w+){0,3} ([1-9]|1[0-2]|one|[1-9](30|15|45)|1[0-2](30|15|45))( \w+){0,2}$/;

/** What levelled text says of a time to come. `part` is vague: a part of a day, or a week. */
export type SpokenTime = { hour: boolean; day: boolean; part: boolean };

/** Reads hours, days and parts of a day out of levelled text. */
export function timeIn(text: string): SpokenTime {
  return { hour: clock.test(text), day: day.test(text), part: part.test(text) };
}

/** A reply that is hardly more than an hour: "eleven", "make it two then". */
export function isBareHour(text: string): boolean {
  return bareHour.test(text);
}

/** A time that two people can keep: an hour, or a day with an hour or a part of it. */
export function isFixed(text: string): boolean {
  const { hour, day: named, part: vague } = timeIn(text);
  return hour || (named && vague);
}

/** The reply says the hour or the day of the offer again. */
export function sharesTime(offer: string, reply: string): boolean {
  const times =
    / (?:[1-9]|1[0-2]|one|[1-9][0-5]\d|1[0-2][0-5]\d|noon|[a-z]+day|tomorrow|tonight|morning|afternoon)(?= |$)/g;
  const offered = new Set(offer.match(times) ?? []);
  return (reply.match(times) ?? []).some((time) => offered.has(time));
}
