//! Files of shelters.

use std::io::Read;

use entity::Timestamp;
use import_reader::{Calendar, Circumstances, FileError, ImportReader, Row, Skipped, zone::Zone};
use serde_json::{Map, Value, json};

use super::hunt::{Target, hunt};

const TITLES: [&str; 8] = [
    "Animal ID",
    "Name",
    "Species",
    "Breed",
    "Color",
    "Sex",
    "Intake Date",
    "Microchip",
];
const FILES: &[&str] = &[
    "Animal ID,Name,Species,Breed,Color,Sex,Intake Date,Microchip\nA1,Rex,Dog,Beagle,Brown,Male,2025-11-01,985112003456789\n\
     A2,\"Fluff, the \"\"2nd\"\"\",Cat,Domestic Shorthair,Black,Female,2025-11-02,\nA3,\"two\nlines\",Dog,,,,11/13/2025,\n",
    "id;type;breed;intake date\r\n1;Hund;Dackel;13.11.2025\r\n\r\n2;Katze;;14.11.2025\r\n",
    "[{\"id\": 7, \"species\": \"Dog\", \"breeds\": {\"primary\": \"Pug\"}, \"intake_date\": \"2025-11-01\"},\n {\"id\": null, \"species\": \"Cat\"}]",
    "{\"animals\": [{\"id\": 1, \"type\": \"Dog\", \"photos\": [{\"full\": \"https://x.example/1.jpg\"}], \"tags\": [\"shy\", \"old\"]}]}",
    "{\"id\":1,\"species\":\"Dog\"}\n{\"id\":2,\"species\":\"Cat\"}\n",
    "Animal ID\tAnimal Type\tIntake Date\nA1\tDog\t2025-11-01 04:19:00 PM\nA1\tDog\t2025-11-01 04:19:00 PM\n",
    "Animal ID,Name,DateTime,Found Location,Intake Type,Animal Type,Sex upon Intake,Age upon Intake,Breed,Color\n\
     A1,*Biscuit*,03/04/2019 04:19:00 PM,1 Elm St in Austin (TX),Stray,Dog,Neutered Male,2 years,Chihuahua Shorthair Mix,Tan/White\n",
];

#[test]
fn an_import_loses_no_row_whatever_the_file() {
    hunt(Target {
        name: "imports",
        corpus: FILES.iter().map(|file| file.as_bytes().to_vec()).collect(),
        words: TITLES
            .into_iter()
            .chain([
                "\n",
                "\r\n",
                "\"",
                "\"\"",
                ",",
                ";",
                "\t",
                "Dog",
                "Cat",
                "2025-11-01",
                "31/12/2024",
                "{\"id\":",
                "},{",
                "]}",
                "é",
            ])
            .map(str::to_owned)
            .collect(),
        longest: 48 * 1024,
        check,
    });
}

fn check(input: &[u8]) -> Result<String, String> {
    let told = read(input, usize::MAX);
    if shown(&told) != shown(&read(input, 1 + input.len() % 7)) {
        return Err("it is another file when it arrives in small pieces".to_owned());
    }
    nothing_is_lost(&input_records(input))?;
    let (rows, skipped) = match told {
        Ok(told) => told,
        Err(refused) => return Ok(refused.to_string().chars().take(40).collect()),
    };
    let is_counted = rows.iter().zip(1..).all(|(row, number)| row.number == number);
    let is_in_order = rows.is_sorted_by_key(|row| row.line);
    let is_told = rows
        .iter()
        .all(|row| row.result.as_ref().err().is_none_or(|errors| !errors.is_empty()));
    if !is_counted || !is_in_order || !is_told {
        return Err(format!("rows out of order or without a reason: {rows:?}"));
    }
    let reason = |row: &Row| {
        Some(
            row.result
                .as_ref()
                .err()?
                .first()?
                .reason
                .chars()
                .take(30)
                .collect::<String>(),
        )
    };
    Ok(format!(
        "{} {skipped:?} {:?}",
        rows.len().min(9),
        rows.iter().find_map(reason)
    ))
}

/// The same words in a table and in a list whose syntax is right: each record is a row or counted as skipped.
fn nothing_is_lost(records: &[Vec<String>]) -> Result<(), String> {
    let table: String = records.iter().map(|cells| line(cells)).collect();
    let table = line(&TITLES.map(str::to_owned)) + &table;
    let object = |cells: &Vec<String>| -> Value {
        TITLES
            .iter()
            .zip(cells)
            .map(|(title, cell)| ((*title).to_owned(), json!(cell)))
            .collect::<Map<_, _>>()
            .into()
    };
    let list = Value::from(records.iter().map(object).collect::<Vec<_>>()).to_string();
    for file in [table, list] {
        match read(file.as_bytes(), usize::MAX) {
            Ok((rows, skipped)) => {
                let counted = rows.len() as u32 + skipped.blank + skipped.repeated_headers + skipped.further;
                if counted as usize != records.len() {
                    return Err(format!("{} records become {counted}: {file}", records.len()));
                }
            }
            Err(FileError::UnclearDates { .. } | FileError::NotText | FileError::NoAnimals | FileError::Empty) => {}
            Err(refused) => return Err(format!("{refused}: {file}")),
        }
    }
    Ok(())
}

/// The words of an input as records of eight cells.
fn input_records(input: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(input);
    let cells: Vec<String> = text
        .split([',', '\n', ';', '\t'])
        .take(400)
        .map(str::to_owned)
        .collect();
    let full = |cells: &[String]| {
        TITLES
            .iter()
            .enumerate()
            .map(|(at, _)| cells.get(at).cloned().unwrap_or_default())
            .collect()
    };
    cells.chunks(TITLES.len()).map(full).collect()
}

fn line(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
        .collect();
    quoted.join(",") + "\n"
}

fn read(file: &[u8], piece: usize) -> Result<(Vec<Row>, Skipped), FileError> {
    let circumstances = Circumstances {
        // 2026-01-01T00:00:00Z.
        today: Timestamp(1_767_225_600_000),
        zone: Zone::UTC,
        country: None,
        order: None,
    };
    let calendar = Calendar::of(Pieces { file, piece }, &circumstances)?;
    let mut reader = ImportReader::open(Pieces { file, piece }, calendar)?;
    let rows = reader.by_ref().collect();
    Ok((rows, reader.finish()?))
}

fn shown(told: &Result<(Vec<Row>, Skipped), FileError>) -> String {
    format!("{told:?}")
}

/// A source that gives a few bytes at a time.
struct Pieces<'a> {
    file: &'a [u8],
    piece: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, target: &mut [u8]) -> std::io::Result<usize> {
        let length = self.piece.min(target.len());
        self.file.read(&mut target[..length])
    }
}
