//! Workbooks are read like tables.

use std::io;

use super::{tests::*, *};

/// A workbook with one sheet of these rows.
fn workbook(rows: &str) -> Vec<u8> {
    let relation = |kind: &str, target: &str| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        format!(r#"<Relationships><Relationship Id="r1" Type="{kind}" Target="{target}"/></Relationships>"#)
    };
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "sheet.xml")),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="Animals" r:id="r1"/></sheets></workbook>"#.to_owned(),
        ),
        (
            "xl/sheet.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default())
            .expect("memory cannot fail");
        io::Write::write_all(&mut zip, text.as_bytes()).expect("memory cannot fail");
    }
    zip.finish().expect("memory cannot fail").into_inner()
}

#[test]
fn a_workbook_is_read_like_a_table() {
    let cell = |text: &str| format!(r#"<c t="str"><v>{text}</v></c>"#);
    let titles = ["id", "species", "intake date", "microchip"].map(cell).concat();
    let chip = "<c><v>985112003456789</v></c>";
    let rows = format!(
        r#"<row r="1">{titles}</row><row r="3">{}{chip}</row><row r="4">{}</row>"#,
        ["A1", "Dog", "2025-11-03 16:19:00"].map(cell).concat(),
        ["A2", "Unicorn", "2025-11-03"].map(cell).concat(),
    );
    let file = workbook(&rows);
    let reader = open(&file);
    assert_eq!(reader.format(), "Generic XLSX");
    let read: Vec<Row> = reader.collect();
    let animal = read[0].result.as_ref().expect("the row is right");
    assert_eq!((read[0].line, animal.external_id.as_str()), (3, "A1"));
    assert_eq!(animal.microchips, ["985112003456789"]);
    assert_eq!(animal.seen_at.to_string(), "2025-11-03T16:19:00.000Z");
    assert_eq!((read[1].line, read[1].result.is_err()), (4, true));
    assert_eq!(read.len(), 2);
}

#[test]
fn a_workbook_without_a_table_says_what_to_write() {
    let refused = opened(&workbook(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), TODAY).err();
    assert!(matches!(
        refused,
        Some(FileError::Workbook(crate::WorkbookError::NoTable))
    ));
}
