//! What is done on a day: on four days of a week a file is imported, on the others the staff does everything by hand.

use std::time::Duration;

use chrono::NaiveDate;

use super::{
    animals::{Animal, House, Intake, Stay},
    calendar::{at, day, noon_in_greenwich},
    chance::Chance,
    desk,
    files::{Row, apply, take_back},
    transfers::Offer,
};
use crate::support::TestApp;

/// About how many animals the shelter has.
const PRESENT: usize = 90;

const SPECIES: [&str; 4] = ["DOG", "DOG", "CAT", "RABBIT"];
const KINDS: [&str; 12] = [
    "STRAY",
    "STRAY",
    "STRAY",
    "STRAY",
    "STRAY",
    "OWNER_SURRENDER",
    "OWNER_SURRENDER",
    "SEIZED",
    "TRANSFER_IN",
    "BORN_IN_CARE",
    "OWNER_INTENDED_EUTHANASIA",
    "OTHER",
];
const STAGES: [&str; 3] = ["FOSTER", "TREATMENT", "ADOPTABLE"];
/// Of animals that are kept for their owners.
const HELD: [&str; 5] = [
    "RETURNED_TO_OWNER",
    "RETURNED_TO_OWNER",
    "DIED",
    "EUTHANIZED",
    "LOST_IN_CARE",
];
const OUTCOMES: [&str; 11] = [
    "ADOPTED",
    "ADOPTED",
    "ADOPTED",
    "RETURNED_TO_OWNER",
    "TRANSFERRED",
    "RELEASED",
    "DIED",
    "EUTHANIZED",
    "OWNER_INTENDED_EUTHANASIA",
    "LOST_IN_CARE",
    "OTHER",
];

/// The server, and what was done there.
pub struct Year {
    pub app: TestApp,
    pub houses: [House; 2],
    pub chance: Chance,
    pub offers: Vec<Offer>,
    pub offered: usize,
    pub answered: usize,
}

/// A day, and the present moment of it.
#[derive(Debug, Clone, Copy)]
pub struct Today {
    pub day: NaiveDate,
    pub now: i64,
}

impl Year {
    pub fn new(app: TestApp, houses: [House; 2], chance: Chance) -> Self {
        Self {
            app,
            houses,
            chance,
            offers: Vec::new(),
            offered: 0,
            answered: 0,
        }
    }

    /// How much time has gone by since the first morning.
    pub fn lasted(&self) -> Duration {
        let now = self.app.deps.clock.now().0 - noon_in_greenwich(day(0), 12);
        Duration::from_millis(u64::try_from(now).unwrap())
    }

    /// Moves the clock on to an hour of the day.
    fn hour(&self, day: NaiveDate, hour: i64) -> Today {
        let now = noon_in_greenwich(day, hour);
        let later = u64::try_from(now - self.app.deps.clock.now().0).expect("clocks go on");
        self.app.clock.advance(Duration::from_millis(later));
        Today { day, now }
    }

    /// Lives one day, and checks it in the evening.
    pub async fn live(&mut self, number: u64) {
        let (day, weekday) = (day(number), number % 7);
        let morning = self.hour(day, 13);
        if number == 0 {
            self.open(morning).await;
        }
        match weekday {
            2 => self.offer(0, morning).await,
            5 => self.offer(1, morning).await,
            0 | 4 => self.answer(morning).await,
            _ => {}
        }
        let noon = self.hour(day, 15);
        match weekday {
            0 | 1 | 3 | 4 => self.file(noon, number % 28 == 8).await,
            _ => self.by_hand(noon).await,
        }
        self.app.run_work().await;
        let evening = self.hour(day, 23);
        self.check(number, evening).await;
    }

    /// The second shelter has animals from the first day on.
    async fn open(&mut self, today: Today) {
        for number in 0..10 {
            let place = self.houses[1].add(SPECIES[number % SPECIES.len()], number % 4 == 0);
            desk::report(
                &self.app,
                &mut self.houses[1],
                place,
                by_hand(today, "OWNER_SURRENDER", "INTAKE"),
            )
            .await;
        }
    }

    /// Imports the file of a day. Now and then it was the wrong one, is taken back, and comes again.
    async fn file(&mut self, today: Today, is_undone: bool) {
        let mut rows = self.came(today.day);
        let left = self.left(today);
        rows.extend(self.staged(today, &left));
        rows.extend(left);
        let id = desk::import(&self.app, &self.houses[0], &rows).await;
        apply(&mut self.houses[0], &rows, today.now);
        if is_undone {
            let later = self.hour(today.day, 16);
            desk::undo(&self.app, &self.houses[0], &id, &rows).await;
            take_back(&mut self.houses[0], &rows, later.now);
            let again = self.hour(today.day, 17);
            desk::import(&self.app, &self.houses[0], &rows).await;
            apply(&mut self.houses[0], &rows, again.now);
        }
    }

    /// New animals, of which some came last evening, and one or two that were adopted and come back.
    fn came(&mut self, day: NaiveDate) -> Vec<Row> {
        let mut rows = Vec::new();
        let listed = |at: i64, day, kind, stage| Intake {
            day,
            at,
            kind,
            stage,
            is_listed: true,
        };
        for number in 0..8 + self.chance.below(6) {
            let minute = i64::try_from(number * 4).unwrap();
            let kind = self.chance.of(&KINDS);
            let stage = match kind {
                "OWNER_SURRENDER" if self.chance.one_in(2) => self.chance.of(&STAGES),
                _ => "INTAKE",
            };
            let (came, hour) = match self.chance.one_in(20) {
                true => (day.pred_opt().unwrap(), 19),
                false => (day, 7),
            };
            let (species, has_chip) = (self.chance.of(&SPECIES), self.chance.one_in(4));
            let place = self.houses[0].add(species, has_chip);
            rows.push(Row::Came(place, listed(at(came, hour, minute), came, kind, stage)));
        }
        let is_listed = |animal: &Animal| animal.stays.iter().all(|stay| stay.is_listed);
        let away = self.away(is_listed);
        for (number, place) in self.chance.some(&away, 2).into_iter().enumerate() {
            let minute = i64::try_from(number).unwrap();
            let kind = if self.chance.one_in(5) { "STRAY" } else { "RETURN" };
            rows.push(Row::Came(place, listed(at(day, 8, 30 + minute), day, kind, "INTAKE")));
        }
        rows
    }

    /// Animals of the first shelter that were adopted before this week.
    fn away(&self, is_it: impl Fn(&Animal) -> bool) -> Vec<usize> {
        let week = self.app.deps.clock.now().0 - 7 * 24 * 60 * 60 * 1000;
        let was_adopted = |animal: &Animal| {
            let gone = animal.gone();
            gone.is_some_and(|(at, outcome)| outcome == "ADOPTED" && at < week) && animal.present().is_none()
        };
        let animals = self.houses[0].animals.iter().enumerate();
        let away = animals.filter(|(_, animal)| was_adopted(animal) && is_it(animal));
        away.map(|(place, _)| place).collect()
    }

    /// Whether an animal came before the night of that day, and is free to go.
    fn may_go(today: Today, stay: &Stay) -> bool {
        !stay.is_offered && stay.came < at(today.day.pred_opt().unwrap(), 12, 0)
    }

    /// How many have to go so that the others have room.
    fn surplus(&self) -> usize {
        self.houses[0].there(|_, _| true).len().saturating_sub(PRESENT)
    }

    /// Animals that have left.
    fn left(&mut self, today: Today) -> Vec<Row> {
        let listed = self.houses[0].there(|_, stay| stay.is_listed && Self::may_go(today, stay));
        let surplus = self.surplus().min(40);
        let mut rows = Vec::new();
        for (number, place) in self.chance.some(&listed, surplus).into_iter().enumerate() {
            let stay = self.houses[0].animals[place].present();
            let is_held = stay.is_some_and(|stay| stay.is_held(today.now));
            let outcome = match self.chance.of(if is_held { &HELD[..] } else { &OUTCOMES[..] }) {
                // So the word is read of an animal that was brought for that.
                "EUTHANIZED" if stay.is_some_and(|stay| stay.kind == "OWNER_INTENDED_EUTHANASIA") => {
                    "OWNER_INTENDED_EUTHANASIA"
                }
                outcome => outcome,
            };
            let minute = i64::try_from(number).unwrap();
            rows.push(Row::Left(place, at(today.day, 8, minute), outcome));
        }
        rows
    }

    /// Animals with which something else is done now, so that their rows are news; none of those that have left.
    fn staged(&mut self, today: Today, left: &[Row]) -> Vec<Row> {
        let stage = self.chance.of(&STAGES);
        let mut changing = self.houses[0].there(|_, stay| {
            let is_news = stay.stage != stage && stay.listed.last() != Some(&stage);
            stay.is_listed && is_news && !stay.is_held(today.now) && Self::may_go(today, stay)
        });
        changing.retain(|place| {
            !left
                .iter()
                .any(|row| matches!(row, Row::Left(gone, ..) if gone == place))
        });
        let some = self.chance.some(&changing, 3).into_iter();
        let former = |place: usize| {
            self.houses[0].animals[place]
                .present()
                .map_or("INTAKE", |stay| stay.stage)
        };
        some.map(|place| Row::Staged(place, former(place), stage)).collect()
    }

    /// A day without a file.
    async fn by_hand(&mut self, today: Today) {
        for _ in 0..2 {
            let (kind, species) = (self.chance.of(&KINDS), self.chance.of(&SPECIES));
            let place = self.houses[0].add(species, self.chance.one_in(4));
            desk::report(&self.app, &mut self.houses[0], place, by_hand(today, kind, "INTAKE")).await;
        }
        let away = self.away(|animal| animal.id.is_some());
        for place in self.chance.some(&away, 1) {
            let stage = self.chance.of(&STAGES);
            desk::take_in(&self.app, &mut self.houses[0], place, by_hand(today, "RETURN", stage)).await;
        }
        self.decide(today).await;
        let free = self.houses[0].there(|_, stay| stay.id.is_some() && !stay.is_held(today.now));
        let stage = self.chance.of(&STAGES);
        let some = self.chance.some(&free, 4);
        let kennel = self.chance.one_in(2).then_some("Ward 2");
        if !some.is_empty() {
            desk::change(&self.app, &mut self.houses[0], &some, (today.now, stage, kennel)).await;
        }
        for outcome in [self.chance.of(&OUTCOMES), "ADOPTED"] {
            let free = self.houses[0]
                .there(|_, stay| stay.id.is_some() && !stay.is_held(today.now) && Self::may_go(today, stay));
            let surplus = self.surplus().min(4);
            let some = self.chance.some(&free, surplus);
            if !some.is_empty() {
                desk::end(&self.app, &mut self.houses[0], &some, (today.now, outcome)).await;
            }
        }
    }

    /// Decisions about animals that are kept for their owners.
    async fn decide(&mut self, today: Today) {
        let is_kept = |stay: &Stay| stay.id.is_some() && stay.is_held(today.now);
        let unknown = self.houses[0].there(|_, stay| is_kept(stay) && !stay.is_identified());
        for place in self.chance.some(&unknown, 1) {
            desk::identify(&self.app, &mut self.houses[0], place, today.now).await;
        }
        let held = self.houses[0].there(|_, stay| is_kept(stay));
        if self.chance.one_in(3) {
            for place in self.chance.some(&held, 1) {
                desk::release(&self.app, &mut self.houses[0], place).await;
            }
        }
    }
}

/// An intake that the staff tells of at once.
fn by_hand(today: Today, kind: &'static str, stage: &'static str) -> Intake {
    Intake {
        day: today.day,
        at: today.now,
        kind,
        stage,
        is_listed: false,
    }
}
