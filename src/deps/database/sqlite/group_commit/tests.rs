//! What is lost with whom.

use sea_orm::{Database, Statement};

use super::super::{super::DatabaseSettings, connect_options};
use super::*;
use crate::ports::ScratchFolder;

/// More than the file of [`small_file`] has room for.
const TOO_MUCH: &str = "INSERT INTO notes VALUES (randomblob(1000000))";

/// A file that cannot grow by more than a few pages, and whose lock it is to write.
async fn small_file(folder: &ScratchFolder) -> (DatabaseConnection, GroupCommitter) {
    let settings = DatabaseSettings {
        url: format!("sqlite://{}", folder.path().join("small.db").display()),
        sqlite_sync_full: false,
        connections: 1,
    };
    let writer = Database::connect(connect_options(&settings, 1, false)).await.unwrap();
    writer.execute_unprepared("CREATE TABLE notes (note)").await.unwrap();
    writer.execute_unprepared("PRAGMA max_page_count = 20").await.unwrap();
    let reader = Database::connect(connect_options(&settings, 1, true)).await.unwrap();
    (reader, GroupCommitter::new(writer))
}

async fn write(committer: &GroupCommitter, sql: &str) -> Result<(), DbErr> {
    write_in(Company::Shared, committer, sql).await
}

async fn write_in(company: Company, committer: &GroupCommitter, sql: &str) -> Result<(), DbErr> {
    let part = committer.begin(company).await?;
    part.tx()?.execute_unprepared(sql).await?;
    // Whoever stands in line by now shares the commit.
    tokio::task::yield_now().await;
    part.commit().await
}

async fn notes(reader: &DatabaseConnection) -> Vec<String> {
    let rows = Statement::from_string(reader.get_database_backend(), "SELECT note FROM notes ORDER BY note");
    let rows = reader.query_all_raw(rows).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn what_sqlite_rolls_back_by_itself_is_lost_for_all_who_shared_it_and_for_nobody_after_them() {
    let folder = ScratchFolder::new();
    let (reader, committer) = small_file(&folder).await;
    let (first, second, third) = tokio::join!(
        write(&committer, "INSERT INTO notes VALUES ('first')"),
        write(&committer, TOO_MUCH),
        write(&committer, "INSERT INTO notes VALUES ('third')"),
    );
    assert!(first.is_err() && second.is_err(), "{first:?}, {second:?}");
    assert!(third.is_ok(), "{third:?}");

    let fourth = write(&committer, "INSERT INTO notes VALUES ('fourth')").await;

    assert!(fourth.is_ok(), "{fourth:?}");
    assert_eq!(notes(&reader).await, ["fourth", "third"]);
}

#[tokio::test]
async fn whoever_writes_alone_takes_nobody_along_who_came_before() {
    let folder = ScratchFolder::new();
    let (reader, committer) = small_file(&folder).await;
    let (first, alone, third) = tokio::join!(
        write(&committer, "INSERT INTO notes VALUES ('first')"),
        write_in(Company::Alone, &committer, TOO_MUCH),
        write(&committer, "INSERT INTO notes VALUES ('third')"),
    );

    assert!(first.is_ok() && alone.is_err(), "{first:?}, {alone:?}");
    let notes = notes(&reader).await;
    assert_eq!(notes.first().map(String::as_str), Some("first"));
    assert_eq!(third.is_ok(), notes.contains(&"third".to_owned()));
}

#[tokio::test]
async fn whoever_is_alone_with_a_fault_leaves_the_connection_sound() {
    let folder = ScratchFolder::new();
    let (reader, committer) = small_file(&folder).await;
    assert!(write(&committer, TOO_MUCH).await.is_err());

    let part = committer.begin(Company::Shared).await.unwrap();
    part.tx()
        .unwrap()
        .execute_unprepared("INSERT INTO notes VALUES ('given up')")
        .await
        .unwrap();
    drop(part);
    write(&committer, "INSERT INTO notes VALUES ('good')").await.unwrap();

    assert_eq!(notes(&reader).await, ["good"]);
}
