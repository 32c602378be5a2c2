//! Which reports are still open.

use std::collections::BTreeSet;

use entity::{id::PetId, pet, vocabulary::PetStatus};
use finding_sweetie::{domain::pets, kernel::Viewer};
use sea_orm::{
    ActiveModelTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QuerySelect, sea_query::SimpleExpr,
};

use crate::support::{TestApp, open_report};

async fn those(app: &TestApp, condition: SimpleExpr) -> BTreeSet<PetId> {
    let found = pets::visible_to(&Viewer::System)
        .filter(condition)
        .select_only()
        .column(pet::Column::Id)
        .into_tuple::<PetId>();
    found.all(app.deps.db.read()).await.unwrap().into_iter().collect()
}

#[tokio::test]
async fn rows_and_tables_agree_for_every_status_on_which_reports_are_open() {
    let app = TestApp::new().await;
    let now = app.deps.clock.now();
    let reports: Vec<pet::Model> = PetStatus::iter()
        .map(|status| pet::Model {
            status,
            ..open_report(app.deps.ids.uuid(now), now)
        })
        .collect();
    let rows = reports.iter().cloned().map(|row| row.into_active_model().reset_all());
    let written = app
        .deps
        .write(async |tx| Ok(pet::Entity::insert_many(rows).exec_without_returning(tx).await?));
    written.await.unwrap();

    let open = reports.iter().filter(|pet| pets::is_live(pet.status));
    let open: BTreeSet<PetId> = open.map(|pet| pet.id).collect();

    assert_eq!(open.len(), 2);
    assert_eq!(those(&app, pets::live()).await, open);
    assert_eq!(those(&app, pets::live_of_few()).await, open);
    let by_hand = pets::live_in_sql("pets.status");
    assert_eq!(those(&app, sea_orm::sea_query::Expr::cust(by_hand)).await, open);
}
