//! The workbooks are made here, part by part.

use std::io::Write;

use proptest::prelude::*;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::*;

const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Formats of cells by their number: 1 is a date, 2 a date with its time, 3 a time.
const STYLES: &str = r#"<styleSheet><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;

const TITLES: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>microchip</t></is></c></row>"#;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    zipped_with(
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated),
        parts,
    )
}

fn zipped_with(options: SimpleFileOptions, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, options).expect("memory cannot fail");
        zip.write_all(text.as_bytes()).expect("memory cannot fail");
    }
    zip.finish().expect("memory cannot fail").into_inner()
}

/// The parts of a workbook with these sheets, each with its state and its rows.
fn parts(sheets: &[(&str, &str)]) -> Vec<(String, String)> {
    let part = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let relation = |kind: &str, target: &str, id: usize| {
        format!(r#"<Relationship Id="r{id}" Type="{TYPES}/{kind}" Target="{target}"/>"#)
    };
    let (mut listed, mut related) = (String::new(), String::new());
    let mut parts = vec![
        part(
            "_rels/.rels",
            &format!(
                "<Relationships>{}</Relationships>",
                relation("officeDocument", "xl/workbook.xml", 1)
            ),
        ),
        part(
            "xl/sharedStrings.xml",
            r#"<sst uniqueCount="3"><si><t>id</t></si><si><t>species</t></si><si><t>007</t></si></sst>"#,
        ),
        part("xl/styles.xml", STYLES),
    ];
    for (index, (state, rows)) in sheets.iter().enumerate() {
        listed += &format!(r#"<sheet name="S{index}" sheetId="{index}" state="{state}" r:id="r{index}"/>"#);
        related += &relation("worksheet", &format!("worksheets/s{index}.xml"), index);
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push(part(&format!("xl/worksheets/s{index}.xml"), &sheet));
    }
    parts.push(part(
        "xl/workbook.xml",
        &format!("<workbook><sheets>{listed}</sheets></workbook>"),
    ));
    parts.push(part(
        "xl/_rels/workbook.xml.rels",
        &format!("<Relationships>{related}</Relationships>"),
    ));
    parts
}

fn borrowed(parts: &[(String, String)]) -> Vec<(&str, &str)> {
    parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect()
}

fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    zipped(&borrowed(&parts(sheets)))
}

fn sheet(rows: &str) -> Vec<u8> {
    book(&[("visible", rows)])
}

fn steps(file: &[u8]) -> Result<Vec<Step>, WorkbookError> {
    let mut book = Workbook(first_table(file)?);
    Ok(std::iter::from_fn(|| book.next()).collect())
}

fn rows(file: &[u8]) -> Vec<(u32, Vec<String>)> {
    let read = steps(file).expect("the workbook is right").into_iter();
    read.map(|step| step.expect("the record is right"))
        .map(|record| (record.line, record.cells))
        .collect()
}

fn refusal(file: &[u8]) -> Option<WorkbookError> {
    steps(file).err()
}

#[test]
fn cells_are_read_as_a_person_would_type_them() {
    let file = sheet(&format!(
        r#"{TITLES}<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="2"><v>46329.6798611111</v></c><c r="C3"><v>982000123456789</v></c></row>
        <row r="4"><c r="A4" s="1"><v>46329</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="e"><v>#N/A</v></c></row>
        <row r="5"><c r="A5" t="e"><v>#SPILL!</v></c><c r="C5" t="str"><f>A1</f><v>a &amp; b</v></c></row>"#
    ));
    let row = |line, cells: [&str; 3]| (line, cells.map(str::to_owned).to_vec());
    assert_eq!(
        rows(&file),
        [
            row(1, ["id", "species", "microchip"]),
            row(3, ["007", "2026-11-03 16:19:00", "982000123456789"]),
            row(4, ["2026-11-03", "Yes", ""]),
            row(5, ["", "", "a & b"]),
        ]
    );
}

#[test]
fn the_first_visible_sheet_with_a_table_is_read() {
    let note = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Report of November</t></is></c></row>"#;
    let hidden = r#"<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>1</v></c></row>"#;
    let numbers: String = (1..=50)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c></row>"#))
        .collect();
    let file = book(&[
        ("hidden", hidden),
        ("visible", note),
        ("visible", &numbers),
        ("visible", TITLES),
        ("visible", hidden),
    ]);
    assert_eq!(rows(&file).len(), 1);
    assert_eq!(rows(&file)[0].1, ["id", "species", "microchip"]);
    let without = book(&[("visible", note), ("veryHidden", TITLES)]);
    assert_eq!(refusal(&without), Some(WorkbookError::NoTable));
}

#[test]
fn a_title_may_stand_above_the_table() {
    let file = sheet(&format!(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Report</t></is></c></row>{}"#,
        TITLES.replace("1\"", "2\"")
    ));
    assert_eq!(rows(&file).len(), 2);
}

#[test]
fn other_files_are_told_apart() {
    let container = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [CONTAINER, &[0; 600], &name].concat()
    };
    let locked = SimpleFileOptions::default();
    for (file, expected) in [
        (container("Workbook"), WorkbookError::OldFormat),
        (container("EncryptedPackage"), WorkbookError::Locked),
        (
            zipped(&[("mimetype", "x"), ("content.xml", "x")]),
            WorkbookError::OpenDocument,
        ),
        (zipped(&[("animals.csv", "id,species")]), WorkbookError::OtherArchive),
        (
            zipped_with(locked, &[("word/document.xml", "x")]),
            WorkbookError::OtherArchive,
        ),
        (b"PK\x03\x04rest".to_vec(), WorkbookError::Damaged),
        (sheet(TITLES)[..400].to_vec(), WorkbookError::Damaged),
    ] {
        assert!(Workbook::is_begun_by(&file));
        assert_eq!(refusal(&file), Some(expected));
        assert!(expected.to_string().contains("CSV"), "{expected}");
    }
    assert!(!Workbook::is_begun_by(b"PK,Name\n"));
}

#[test]
fn a_locked_part_is_said_to_be_locked() {
    let mut file = sheet(TITLES);
    // The first bit of the flags, in the heads of the parts and in the directory.
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let found: Vec<usize> = (0..file.len()).filter(|at| file[*at..].starts_with(mark)).collect();
        found.into_iter().for_each(|at| file[at + flags] |= 1);
    }
    assert_eq!(refusal(&file), Some(WorkbookError::Locked));
}

/// The file with another size in the directory for the parts whose names end like this.
fn stating(mut file: Vec<u8>, ending: &str, size: u32) -> Vec<u8> {
    let entries: Vec<usize> = (0..file.len())
        .filter(|at| file[*at..].starts_with(b"PK\x01\x02"))
        .collect();
    for at in entries {
        let length = usize::from(u16::from_le_bytes([file[at + 28], file[at + 29]]));
        if file[at + 46..at + 46 + length].ends_with(ending.as_bytes()) {
            file[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
        }
    }
    file
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let megabyte = 1024 * 1024;
    let too_large = Some(WorkbookError::TooLargeUnpacked);
    assert_eq!(refusal(&stating(sheet(TITLES), "s0.xml", 600 * megabyte)), too_large);
    assert_eq!(refusal(&stating(sheet(TITLES), ".xml", 150 * megabyte)), too_large);
    assert_eq!(
        refusal(&stating(sheet(TITLES), "sharedStrings.xml", 65 * megabyte)),
        too_large
    );
    let many: Vec<(String, String)> = (0..5_001).map(|part| (format!("{part}"), String::new())).collect();
    assert_eq!(refusal(&zipped(&borrowed(&many))), too_large);
    let long = [ARCHIVES[0], &vec![1; 33 * 1024 * 1024]].concat();
    assert_eq!(refusal(&long), Some(WorkbookError::TooLarge));
}

#[test]
fn a_false_size_in_the_directory_is_found_out() {
    let blank = " ".repeat(1_000_000);
    let file = sheet(&format!("{TITLES}{blank}"));
    for size in [10, 2_000_000] {
        assert_eq!(
            refusal(&stating(file.clone(), "s0.xml", size)),
            Some(WorkbookError::Damaged)
        );
    }
}

#[test]
fn a_false_number_of_texts_is_found_out() {
    for count in [
        r#"uniqueCount="99999999999999999999""#,
        r#"uniqueCount = '1000000000000'"#,
        "uniqueCount=\"5000",
    ] {
        let mut parts = parts(&[("visible", TITLES)]);
        parts[1].1 = parts[1].1.replace(r#"uniqueCount="3""#, count);
        assert_eq!(refusal(&zipped(&borrowed(&parts))), Some(WorkbookError::Damaged));
    }
    // In UTF-16 it would be hidden.
    let mut parts = parts(&[("visible", TITLES)]);
    parts[1].1 = parts[1].1.chars().flat_map(|letter| [letter, '\0']).collect();
    assert_eq!(refusal(&zipped(&borrowed(&parts))), Some(WorkbookError::Damaged));
}

#[test]
fn positions_that_overflow_are_damage_and_far_columns_are_refused() {
    let at = |position: &str| sheet(&format!(r#"{TITLES}<row r="2"><c r="{position}"><v>1</v></c></row>"#));
    for position in ["AAAAAAAAAAAAAA2", "A1048577", "A4000000000"] {
        assert!(refusal(&at(position)).is_some(), "{position}");
    }
    // The dimension ends before it begins.
    let mut parts = parts(&[("visible", TITLES)]);
    parts[3].1 = parts[3]
        .1
        .replace("<sheetData>", r#"<dimension ref="B2:A1"/><sheetData>"#);
    let _ = steps(&zipped(&borrowed(&parts)));
    assert_eq!(refusal(&at("XFD2")), Some(WorkbookError::TooManyColumns));
    assert_eq!(rows(&at("ALL2"))[1].1.len(), 1_000);
    let backwards = sheet(&format!(
        r#"{TITLES}<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>"#
    ));
    assert_eq!(refusal(&backwards), Some(WorkbookError::Damaged));
}

#[test]
fn rows_are_counted_and_a_long_one_costs_itself_only() {
    let many: String = (2..=200_022)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#))
        .collect();
    assert_eq!(
        refusal(&sheet(&format!("{TITLES}{many}"))),
        Some(WorkbookError::TooManyRows)
    );
    let long = "x".repeat(1024 * 1024 + 1);
    let file = sheet(&format!(
        r#"{TITLES}<row r="2"><c r="A2" t="str"><v>{long}</v></c></row><row r="3"><c r="A3"><v>3</v></c></row>"#
    ));
    let read = steps(&file).expect("the workbook is right");
    assert_eq!(read[1], Err((2, crate::records::record::Fault::TooLong)));
    assert_eq!(read[2].as_ref().map(|record| record.cells[0].as_str()), Ok("3"));
}

fn part_with_a_change() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::sample::select(vec![
        "<c>",
        "</c>",
        "<v>",
        "9",
        "A",
        "\"",
        "<",
        ">",
        "t=\"s\"",
        "r=\"B9:A1\"",
        "<row r=\"4294967295\">",
        "&#0;",
        "1e999",
        "<dimension ref=\"B2:A1\"/>",
        "ZZZZZZZZ",
        "99999999999",
    ]);
    (0..8_usize, any::<prop::sample::Index>(), words).prop_map(|(part, at, word)| {
        let mut parts = parts(&[("visible", TITLES), ("hidden", TITLES)]);
        let part = part % parts.len();
        let text = &mut parts[part].1;
        text.insert_str(at.index(text.len() + 1), word);
        zipped(&borrowed(&parts))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_change_of_a_part_gives_rows_or_a_reason(file in part_with_a_change()) {
        let _ = steps(&file);
    }

    #[test]
    fn any_change_of_the_bytes_gives_rows_or_a_reason(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut file = sheet(TITLES);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = steps(&file);
        let _ = steps(&file[..cut.index(file.len())]);
    }

    #[test]
    fn any_bytes_behind_the_mark_give_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for mark in [CONTAINER, ARCHIVES[0], ARCHIVES[1]] {
            prop_assert!(refusal(&[mark, &bytes].concat()).is_some());
        }
    }

    #[test]
    fn what_is_written_is_read(cells in prop::collection::vec(prop::collection::vec("[a-z0-9]{1,6}", 3), 1..6)) {
        let written: String = (2_u32..).zip(&cells).map(|(line, cells)| {
            let cells: String = ["A", "B", "C"].iter().zip(cells).map(|(column, text)| {
                format!(r#"<c r="{column}{line}" t="inlineStr"><is><t>{text}</t></is></c>"#)
            }).collect();
            format!(r#"<row r="{line}">{cells}</row>"#)
        }).collect();
        let read: Vec<Vec<String>> = rows(&sheet(&format!("{TITLES}{written}"))).into_iter().skip(1).map(|row| row.1).collect();
        prop_assert_eq!(read, cells);
    }
}
