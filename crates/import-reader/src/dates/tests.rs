use proptest::prelude::*;

use super::*;

/// 2026-11-28T12:00:00Z.
const TODAY: Timestamp = Timestamp(1_795_867_200_000);

fn circumstances() -> Circumstances {
    Circumstances {
        today: TODAY,
        zone: Zone::UTC,
        country: None,
        order: None,
    }
}

fn calendar(order: Option<DateOrder>) -> Calendar {
    Calendar {
        today: TODAY,
        zone: Zone::UTC,
        orders: order.map(|order| (Column::IntakeDate, order)).into_iter().collect(),
        is_metric: false,
    }
}

fn parse(order: Option<DateOrder>, date: &str, time: Option<&str>) -> Result<Option<Timestamp>, &'static str> {
    calendar(order).parse(Column::IntakeDate, date, time)
}

fn utc(order: Option<DateOrder>, text: &str) -> String {
    match parse(order, text, None) {
        Ok(Some(time)) => time.to_utc().format("%Y-%m-%d %H:%M").to_string(),
        other => format!("{other:?}"),
    }
}

/// The intake dates of a file as they are read, or the reason for failure.
fn settled(cells: &[&str], circumstances: &Circumstances) -> Result<Vec<String>, String> {
    let header = Header::read(&["id", "species", "intake date"].map(str::to_owned)).expect("the header is complete");
    let rows: Vec<[String; 3]> = cells.iter().map(|cell| ["1", "dog", cell].map(str::to_owned)).collect();
    let mut evidence = Evidence::new(circumstances);
    rows.iter().for_each(|row| evidence.take(&header, row));
    let calendar = evidence
        .settle(&header, circumstances)
        .map_err(|error| error.to_string())?;
    let read = |cell: &&str| match calendar.parse(Column::IntakeDate, cell, None) {
        Ok(Some(time)) => time.to_utc().format("%m-%d").to_string(),
        other => format!("{other:?}"),
    };
    Ok(cells.iter().map(read).collect())
}

fn in_country(country: &str) -> Circumstances {
    Circumstances {
        country: Some(country.to_owned()),
        ..circumstances()
    }
}

#[test]
fn formats_of_vendors_are_read() {
    for (text, time) in [
        ("2025-05-05T10:08:00", "2025-05-05 10:08"),
        ("2025-05-05T10:08:00.000Z", "2025-05-05 10:08"),
        ("2019-07-07T06:03:43+0200", "2019-07-07 04:03"),
        ("2019-07-07 06:03:43 -0600", "2019-07-07 12:03"),
        ("2019-07-07 06:03:43 UTC", "2019-07-07 06:03"),
        ("2022-06-04", "2022-06-04 00:00"),
        ("20220604", "2022-06-04 00:00"),
        ("01/03/2019 04:19:00 PM", "2019-01-03 16:19"),
        ("1/3/19 12:05 AM", "2019-01-03 00:05"),
        ("25-Apr-15", "2015-04-25 00:00"),
        ("April 25, 2015", "2015-04-25 00:00"),
        ("Thu Apr 23 00:00:00 BST 2015", "2015-04-23 00:00"),
        ("1546532340", "2019-01-03 16:19"),
        ("1546532340.25", "2019-01-03 16:19"),
    ] {
        assert_eq!(utc(Some(DateOrder::MonthFirst), text), time, "{text}");
    }
}

#[test]
fn no_date_is_no_date() {
    let parse = |text| parse(Some(DateOrder::MonthFirst), text, None);
    for text in [
        "",
        "N/A",
        "1/1/1900",
        "1900-01-01 00:00:00",
        "01/01/1900 12:00:00 AM",
        "TBA",
    ] {
        assert_eq!(parse(text), Ok(None), "{text}");
    }
    for text in ["soon", "13/13/2019", "2019-02-30", "1/2", "99:99"] {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_column_is_read_in_the_order_that_its_rows_tell() {
    let read = |cells: &[&str]| settled(cells, &circumstances()).expect("the order is settled");
    assert_eq!(read(&["03/04/2019", "03/25/2019"]), ["03-04", "03-25"]);
    assert_eq!(read(&["03/04/2019", "25.03.2019"]), ["04-03", "03-25"]);
    assert_eq!(read(&["03/04/2019 01:00 PM"]), ["03-04"]);
    assert_eq!(read(&["04/04/2019", "2019-03-25"]), ["04-04", "03-25"]);
}

#[test]
fn nothing_lies_in_the_future() {
    let read = settled(&["03/11/2026", "12/10/2026", "09/11/2026"], &in_country("US"));
    assert_eq!(read, Ok(["11-03", "10-12", "11-09"].map(str::to_owned).to_vec()));
}

#[test]
fn the_country_speaks_for_days_that_the_rows_leave_open() {
    let read = |country: &str| settled(&["03/04/2019", "05/04/2019"], &in_country(country));
    assert_eq!(read("US"), Ok(["03-04", "05-04"].map(str::to_owned).to_vec()));
    assert_eq!(read("GB"), Ok(["04-03", "04-05"].map(str::to_owned).to_vec()));
    assert!(read("CA").is_err());
}

#[test]
fn one_odd_cell_is_read_by_itself_and_changes_no_other() {
    let mut cells: Vec<String> = (1..=27).map(|day| format!("11/{day:02}/2025")).collect();
    cells.push("20/11/2025".to_owned());
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let read = settled(&cells, &circumstances()).expect("the order is settled");
    assert_eq!((read[3].as_str(), read[27].as_str()), ("11-04", "11-20"));
}

#[test]
fn what_is_impossible_is_no_evidence() {
    let read = settled(&["03/04/2019", "45/45/2019", "31/02/2019"], &in_country("US")).expect("the country tells");
    assert_eq!(read[0], "03-04");
    assert!(
        read[1].contains("no such day") && read[2].contains("no such day"),
        "{read:?}"
    );
}

#[test]
fn what_stays_open_is_asked_for_once_and_can_be_said() {
    let cells = ["03/04/2019", "05/04/2019"];
    let asked = settled(&cells, &circumstances()).expect_err("nothing tells the order");
    assert!(asked.contains("\"intake date\"") && asked.contains("03/04/2019") && asked.contains("dateOrder"));
    let said = Circumstances {
        order: Some(DateOrder::DayFirst),
        ..in_country("US")
    };
    assert_eq!(
        settled(&cells, &said),
        Ok(["04-03", "04-05"].map(str::to_owned).to_vec())
    );
}

#[test]
fn a_time_without_an_offset_is_that_of_the_shelter() {
    let calendar = Calendar {
        zone: Zone::named("Pacific/Auckland").expect("the zone exists"),
        ..calendar(None)
    };
    let at = |date, time| {
        let read = calendar.parse(Column::IntakeDate, date, time);
        read.map(|time| time.map(|time| time.to_string()))
    };
    assert_eq!(
        at("2026-11-29", Some("00:30")),
        Ok(Some("2026-11-28T11:30:00.000Z".to_owned()))
    );
    assert_eq!(
        at("2026-11-28T11:30:00Z", Some("00:30")),
        Ok(Some("2026-11-28T11:30:00.000Z".to_owned()))
    );
}

#[test]
fn the_time_may_stand_in_a_cell_of_its_own() {
    let at = |time| parse(None, "2022-06-04", Some(time)).map(|time| time.map(|time| time.to_string()));
    assert_eq!(at("13:20:00"), Ok(Some("2022-06-04T13:20:00.000Z".to_owned())));
    assert_eq!(at("1320"), at("1:20 PM"));
    assert_eq!(at("N/A"), at("00:00"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let _ = parse(Some(DateOrder::MonthFirst), &text, Some(&text));
    }

    #[test]
    fn dates_come_back_in_every_format(seconds in 946_684_800_i64..1_790_000_000) {
        let time = Timestamp(seconds * 1000).to_utc();
        for (order, format) in [
            (None, "%Y-%m-%d %H:%M:%S"),
            (None, "%Y-%m-%dT%H:%M:%SZ"),
            (None, "%d-%b-%y %H:%M:%S"),
            (Some(DateOrder::MonthFirst), "%m/%d/%Y %I:%M:%S %p"),
            (Some(DateOrder::DayFirst), "%d.%m.%Y %H:%M:%S"),
        ] {
            let text = time.format(format).to_string();
            prop_assert_eq!(parse(order, &text, None), Ok(Some(Timestamp(seconds * 1000))), "{}", text);
        }
    }
}
