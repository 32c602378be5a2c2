// A shelter's export in the format of the Austin animal center, with made-up animals. As in the real file, a third has
// no name, and every tenth row is a later visit of an earlier animal.
import { between, pick, seeded } from './chance.mjs';

const DAY = 86_400_000;
const HEADER =
  'Animal ID,Name,DateTime,MonthYear,Found Location,Intake Type,Intake Condition,Animal Type,' +
  'Sex upon Intake,Age upon Intake,Breed,Color';
const NAMES = ['Biscuit', '*Pepper', 'Waffles', '*Clover', 'Sweetie', 'Mel "B"', '', '', ''];
const STREETS = ['Maple St', 'Cedar Ave', 'Oak Hill Dr', 'River Rd', 'Lakeview Cir', 'Sunset Trl'];
const TYPES = ['Stray', 'Stray', 'Stray', 'Owner Surrender', 'Public Assist', 'Wildlife'];
const CONDITIONS = ['Normal', 'Normal', 'Normal', 'Injured', 'Sick', 'Nursing'];
const SEXES = ['Intact Male', 'Intact Female', 'Neutered Male', 'Spayed Female', 'Unknown'];
const AGES = ['2 years', '1 year', '3 months', '4 weeks', '11 years', '6 days'];
const COLORS = ['Black/White', 'Brown Tabby', 'Tricolor', 'White', 'Blue/Tan', 'Tortie'];
const BREEDS = {
  Dog: ['Pit Bull Mix', 'Labrador Retriever Mix', 'Chihuahua Shorthair/Dachshund', 'Beagle'],
  Cat: ['Domestic Shorthair Mix', 'Siamese Mix', 'Maine Coon'],
  Bird: ['Chicken', 'Parakeet'],
  Other: ['Rabbit Sh', 'Raccoon', 'Bat'],
};

/// A file of `rows` rows, as text. Ids start with `prefix`, so that the files of two shelters differ. The animals were taken
/// in during ten years up to 2024, or during the month before `until` (milliseconds since 1970).
export function intakesCsv(rows, prefix, until) {
  const days = until === undefined ? { last: Date.UTC(2024, 0, 1), count: 10 * 365 } : { last: until - DAY, count: 30 };
  const chance = seeded(rows);
  const lines = [HEADER];
  for (let number = 0; number < rows; number += 1) {
    lines.push(line(chance, { prefix, animal: number % 10 === 9 ? number - 9 : number, days }));
  }
  return `${lines.join('\n')}\n`;
}

function line(chance, { prefix, animal, days }) {
  const species = pick(chance, ['Dog', 'Dog', 'Dog', 'Cat', 'Cat', 'Other', 'Bird']);
  const time = usTime(new Date(days.last - Math.floor(between(chance, 0, days.count)) * DAY));
  const street = `${Math.floor(between(chance, 1, 9999))} ${pick(chance, STREETS)}`;
  return [
    `${prefix}${String(animal).padStart(6, '0')}`,
    pick(chance, NAMES),
    time,
    time,
    `${street} in Austin (TX)`,
    pick(chance, TYPES),
    pick(chance, CONDITIONS),
    species,
    pick(chance, SEXES),
    pick(chance, AGES),
    pick(chance, BREEDS[species]),
    pick(chance, COLORS),
  ]
    .map(quoted)
    .join(',');
}

function usTime(date) {
  const [year, month, day] = date.toISOString().slice(0, 10).split('-');
  return `${month}/${day}/${year} 11:21:00 AM`;
}

function quoted(value) {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
