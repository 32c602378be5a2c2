//! The files of a shelter: animals with one stay or several, outcomes, photos, and rows that are wrong.

const TITLES: &str = "Animal ID,Species,Name,Color,Microchip,Intake Date,Intake Type,Outcome Type,Outcome Date,Status,Kennel,Photo1,Favourite Toy";

const SPECIES: [&str; 3] = ["Dog", "Cat", "Rabbit"];
const INTAKES: [&str; 5] = ["Stray", "Owner Surrender", "Return", "Transfer In", "Seized"];
const OUTCOMES: [&str; 3] = [
    "Adoption,2024-07-01 12:00",
    "Died,2024-07-02 12:00",
    "Return to Owner,2024-07-03 12:00",
];
const STAGES: [&str; 3] = ["", "In Foster", "Adoptable"];

/// Entry of a list that goes round.
fn of<'a>(list: &[&'a str], number: usize) -> &'a str {
    list[number % list.len()]
}

fn file(rows: impl Iterator<Item = String>) -> String {
    std::iter::once(TITLES.to_owned())
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A file of so many animals, some with earlier stays.
pub fn first(animals: usize) -> String {
    file((0..animals).flat_map(history))
}

/// A later file: some animals have another colour, some have left, some have come back, and a hundred are new.
pub fn second(animals: usize) -> String {
    file(
        (0..animals)
            .flat_map(news)
            .chain((animals..animals + 100).flat_map(history)),
    )
}

/// A file of so many animals that are all there.
pub fn all_there(animals: usize) -> String {
    file((0..animals).map(|number| stay(number, ("Black", "2024-05-02 10:00"), (",", ""))))
}

/// All rows of an animal, the earliest stay first.
fn history(number: usize) -> Vec<String> {
    let day = 1 + number % 28;
    let mut rows = Vec::new();
    if number.is_multiple_of(4) {
        let left = ("Return to Owner,2023-04-02 16:00", "");
        rows.push(stay(number, ("Black", &format!("2023-03-{day:02} 09:00")), left));
    }
    if number.is_multiple_of(3) {
        let left = ("Adoption,2024-02-20 16:00", "");
        rows.push(stay(number, ("Black", &format!("2024-01-{day:02} 09:00")), left));
    }
    rows.push(present(number, "Black"));
    rows
}

/// The row about the stay of this year, in which some cells are wrong.
fn present(number: usize, color: &str) -> String {
    let came = match number % 60 {
        5 => "soon".to_owned(),
        _ => format!("2024-05-{:02} 10:00", 1 + number % 28),
    };
    let what = match number % 5 {
        0 => (of(&OUTCOMES, number), ""),
        _ => (",", of(&STAGES, number)),
    };
    stay(number, (color, &came), what)
}

/// What a later file says of an animal.
fn news(number: usize) -> Vec<String> {
    let day = 1 + number % 28;
    if number.is_multiple_of(5) && number % 60 != 5 && number.is_multiple_of(2) {
        let back = (",", "In Foster");
        return vec![stay(number, ("Black", &format!("2024-09-{day:02} 10:00")), back)];
    }
    let color = if number.is_multiple_of(7) { "Brown" } else { "Black" };
    if number % 6 == 1 && number % 60 != 5 && !number.is_multiple_of(5) {
        let left = (of(&OUTCOMES, number), "");
        return vec![stay(number, (color, &format!("2024-05-{day:02} 10:00")), left)];
    }
    vec![present(number, color)]
}

fn stay(number: usize, (color, came): (&str, &str), (left, stage): (&str, &str)) -> String {
    let species = if number % 50 == 7 { "" } else { of(&SPECIES, number) };
    let chip = if number % 41 == 3 { "12345" } else { "" };
    // Nobody listens there.
    let photo = match number % 50 {
        1 => format!("http://127.0.0.1:1999/{number}.jpg"),
        _ => String::new(),
    };
    let (intake, kennel) = (of(&INTAKES, number), number % 9);
    format!("A{number},{species},N{number},{color},{chip},{came},{intake},{left},{stage},K{kennel},{photo},ball")
}
