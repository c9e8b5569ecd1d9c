// Reads the calendar in the file that is named and says as JSON what is in it. Local times are told by Node's own data on zones.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// The parser knows RFC 5545; NAME came with RFC 7986, which says that it is text.
ICAL.design.icalendar.property.name = { defaultType: "text" };

const [, , file, zone] = process.argv;
const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
const local = (time) => clock.format(time.toJSDate());
console.log(JSON.stringify({
  name: calendar.getFirstPropertyValue("name"),
  version: calendar.getFirstPropertyValue("version"),
  events: calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      status: component.getFirstPropertyValue("status"),
      begin: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      local: local(event.startDate),
    };
  }),
}));
