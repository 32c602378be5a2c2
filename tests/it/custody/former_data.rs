//! Reports from before there were animals and stays.

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::support::{FreshDatabase, Scratch};

/// Id, kind, status, whether it is of the shelter, own id, intake type, closed at.
type Report = (
    u8,
    &'static str,
    &'static str,
    bool,
    Option<&'static str>,
    Option<&'static str>,
    Option<i64>,
);

const REPORTS: [Report; 6] = [
    (1, "sheltered", "open", true, Some("A1"), Some("STRAY / NORMAL"), None),
    (
        2,
        "sheltered",
        "adopted",
        true,
        Some("A2"),
        Some("Owner Surrender"),
        Some(900),
    ),
    (3, "sheltered", "matched", true, None, None, None),
    (4, "lost", "closed", true, Some("L1"), None, Some(1_500)),
    (5, "lost", "open", false, None, None, None),
    (6, "sheltered", "open", false, None, None, None),
];

#[tokio::test]
async fn what_reports_said_of_animals_in_care_moves_to_animals_and_stays() {
    let folder = Scratch::new();
    let fresh = FreshDatabase::empty(folder.path()).await;
    let is_sqlite = fresh.url.starts_with("sqlite");
    let url = match is_sqlite {
        true => format!("{}?mode=rwc", fresh.url),
        false => fresh.url.clone(),
    };
    let db = sea_orm::Database::connect(url).await.unwrap();
    let mut steps = Migrator::migrations().into_iter();
    let before = steps
        .position(|step| step.name() == "m20261201_000045_custody")
        .unwrap();
    Migrator::up(&db, Some(u32::try_from(before).unwrap())).await.unwrap();
    let id = |number: u8| match is_sqlite {
        true => format!("x'0190a1b2c3d4e5f60718293a4b5c6d{number:02x}'"),
        false => format!("'0190a1b2-c3d4-e5f6-0718-293a4b5c6d{number:02x}'"),
    };
    let member = format!(
        "INSERT INTO members (id, email, email_verified, password_hash, display_name, role, created_at)
         VALUES ({}, 'ann@example.org', TRUE, '', 'ann', 'member', 0)",
        id(0)
    );
    let shelter = format!(
        "INSERT INTO shelters (id, name, kind, verified, place_label, search_text, created_by, created_at, updated_at)
         VALUES ({0}, 'Haven', 'shelter', TRUE, 'Austin, TX', 'haven', {0}, 0, 0)",
        id(0)
    );
    for sql in [member, shelter] {
        db.execute_unprepared(&sql).await.unwrap();
    }
    for (number, kind, status, has_shelter, own_id, intake, closed_at) in REPORTS {
        let quoted = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| format!("'{text}'"));
        let (shelter, own_id, intake) = (
            if has_shelter { id(0) } else { "NULL".to_owned() },
            quoted(own_id),
            quoted(intake),
        );
        let closed_at = closed_at.map_or("NULL".to_owned(), |at| at.to_string());
        let sql = format!(
            "INSERT INTO pets (id, kind, status, urgent, species, name, breed_mixed, sex, altered, size, age_group, coat,
                colors, pattern, microchip, private_marks, seen_at, precision, place_label, shelter_id, external_id,
                intake_type, import_hash, original_text, search_text, reported_at, updated_at, closed_at, version)
             VALUES ({}, '{kind}', '{status}', FALSE, 'dog', 'Biscuit {number}', FALSE, 'male', 'yes', 'small', 'adult',
                'short', 3, 'solid', '98511200345678{number}', '[]', 1000, 'point', 'Austin, TX', {shelter}, {own_id},
                {intake}, 77, 'call us', 'biscuit', 2000, 3000, {closed_at}, 4)",
            id(number)
        );
        db.execute_unprepared(&sql).await.unwrap();
    }

    Migrator::up(&db, None).await.unwrap();

    let animals = "SELECT COALESCE(external_id, '-') || ' ' || name || ' ' || microchip || ' ' || import_hash || ' ' ||
        original_text || ' ' || source FROM shelter_animals ORDER BY name";
    assert_eq!(
        all(&db, animals).await,
        [
            "A1 Biscuit 1 985112003456781 77 call us ",
            "A2 Biscuit 2 985112003456782 77 call us ",
            "- Biscuit 3 985112003456783 77 call us ",
            "L1 Biscuit 4 985112003456784 77 call us ",
        ]
    );
    let stays = "SELECT a.name || ' ' || intake_at || ' ' || COALESCE(listed_intake_at, 0) || ' ' || intake_kind || ' ' ||
        stage || ' ' || COALESCE(outcome, '-') || ' ' || COALESCE(outcome_at, 0) || ' ' || stays.version || ' ' || p.status
        FROM stays JOIN shelter_animals a ON a.id = stays.animal_id JOIN pets p ON p.id = stays.pet_id ORDER BY a.name";
    assert_eq!(
        all(&db, stays).await,
        [
            "Biscuit 1 1000 1000 stray intake - 0 1 open",
            // It left before it came, says the row: it counts as gone since its intake.
            "Biscuit 2 1000 1000 owner_surrender intake adopted 1000 2 adopted",
            "Biscuit 3 1000 0 unknown intake - 0 1 matched",
        ]
    );
    let events = "SELECT kind || ' ' || happened_at FROM stay_events ORDER BY stay_id, number";
    assert_eq!(
        all(&db, events).await,
        ["taken_in 1000", "taken_in 1000", "ended 1000", "taken_in 1000"]
    );
    let holds = "SELECT a.name || ' ' || COALESCE(hold_until, 0) || ' ' || COALESCE(identified_at, 0)
        FROM stays JOIN shelter_animals a ON a.id = stays.animal_id ORDER BY a.name";
    assert_eq!(
        all(&db, holds).await,
        // Five days after its intake, as it was until then; only those that are there are held or identified.
        ["Biscuit 1 432001000 1000", "Biscuit 2 0 0", "Biscuit 3 0 1000"]
    );
    let days = "SELECT name || ' ' || hold_days FROM shelters WHERE hold_rules IS NULL";
    assert_eq!(all(&db, days).await, ["Haven 5"]);
    let linked =
        "SELECT name || ' ' || CASE WHEN animal_id IS NULL THEN 'alone' ELSE 'known' END FROM pets ORDER BY name";
    let known = |number: u8| format!("Biscuit {number} {}", if number < 5 { "known" } else { "alone" });
    assert_eq!(all(&db, linked).await, (1..=6).map(known).collect::<Vec<_>>());
}

async fn all(db: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
