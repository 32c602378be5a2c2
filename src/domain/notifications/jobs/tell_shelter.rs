//! Job: notifies a shelter's admins that it was verified.

use entity::{
    id::ShelterId,
    vocabulary::{NotificationKind, StaffRole},
};

use crate::{
    deps::Deps,
    domain::{
        notifications::notify::{News, notify},
        shelters, staff,
    },
    kernel::{OrGone, Outcome, Result},
};

/// Notifies the admins of the shelter, if it is still verified.
pub async fn tell_shelter_verified(deps: &Deps, id: ShelterId) -> Result<Outcome> {
    deps.write(async |tx| {
        let shelter = shelters::find(tx, id).await?;
        if !shelter.verified {
            return Ok(());
        }
        for row in staff::staff_of(tx, id)
            .await?
            .iter()
            .filter(|row| row.role == StaffRole::Admin)
        {
            let news = News {
                kind: NotificationKind::Shelter,
                title: format!("{} is verified", shelter.name),
                body: "Its animals can now be imported, and its staff can see exact places.".to_owned(),
                subject: Some(id.to_string()),
                unique_key: format!("verified:{id}"),
            };
            notify(deps, tx, row.member_id, news).await?;
        }
        Ok(())
    })
    .await
    .or_gone("the shelter is gone")
}
