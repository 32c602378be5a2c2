//! Rows that other features make, as chat finds them.

use entity::{
    conversation,
    id::{ConversationId, MemberId, MessageId, PetId, PhotoId, ShelterId, UploadId},
    member, message, pet, photo, searchable_message, shelter, shelter_staff, upload,
    vocabulary::{PetKind, Role, ShelterMatchAlerts, ShelterType, StaffRole, UploadPurpose, UploadState},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use crate::support::{Actor, TestApp, open_report};

fn id_of(actor: &Actor) -> MemberId {
    actor.id.parse().unwrap()
}

fn fresh(app: &TestApp) -> uuid::Uuid {
    app.deps.ids.uuid(app.deps.clock.now())
}

/// A shelter without staff.
pub async fn shelter(app: &TestApp, founder: &Actor) -> ShelterId {
    let now = app.deps.clock.now();
    let row = shelter::Model {
        id: ShelterId(fresh(app)),
        name: "Happy Tails".to_owned(),
        kind: ShelterType::Rescue,
        verified: false,
        latitude: None,
        longitude: None,
        precision: None,
        place_label: "Austin, TX".to_owned(),
        address: None,
        city: None,
        region: None,
        postal_code: None,
        country: None,
        time_zone: None,
        phone: None,
        email: None,
        website: None,
        capacity: None,
        capacity_by_species: None,
        description: None,
        how_to_visit: None,
        hours: None,
        hours_exceptions: None,
        match_alerts: ShelterMatchAlerts::Strong,
        hold_rules: None,
        hold_days: 5,
        closed_days: None,
        closes_at: None,
        search_text: String::new(),
        created_by: id_of(founder),
        created_at: now,
        updated_at: now,
    };
    let id = row.id;
    let row = row.into_active_model().reset_all();
    app.deps.write(async |tx| Ok(row.insert(tx).await?)).await.unwrap();
    id
}

/// Lets a member work for a shelter, and does what follows from it.
pub async fn hire(app: &TestApp, shelter_id: ShelterId, member: &Actor) {
    let row = shelter_staff::Model {
        shelter_id,
        member_id: id_of(member),
        role: StaffRole::Volunteer,
        created_at: app.deps.clock.now(),
    };
    let (row, member_id) = (row.into_active_model().reset_all(), id_of(member));
    let hired = app.deps.write(async |tx| {
        row.insert(tx).await?;
        tx.announce(finding_sweetie::events::ShelterEvent::StaffChanged { shelter_id, member_id });
        Ok(())
    });
    hired.await.unwrap();
    app.run_work().await;
}

/// Ends a member's work for a shelter; those who listen to that are told.
pub async fn dismiss(app: &TestApp, shelter_id: ShelterId, member: &Actor) {
    let member_id = id_of(member);
    let gone = app.deps.write(async |tx| {
        shelter_staff::Entity::delete_by_id((shelter_id, member_id))
            .exec(tx)
            .await?;
        tx.announce(finding_sweetie::events::ShelterEvent::StaffChanged { shelter_id, member_id });
        Ok(())
    });
    gone.await.unwrap();
}

/// A report of a member, or of a shelter.
pub async fn pet(app: &TestApp, reporter: Option<&Actor>, shelter_id: Option<ShelterId>) -> PetId {
    let row = pet::Model {
        kind: PetKind::Found,
        name: Some("Biscuit".to_owned()),
        place_label: "Austin, TX".to_owned(),
        reporter_id: reporter.map(id_of),
        shelter_id,
        ..open_report(fresh(app), app.deps.clock.now())
    };
    let id = row.id;
    let row = row.into_active_model().reset_all();
    app.deps.write(async |tx| Ok(row.insert(tx).await?)).await.unwrap();
    id
}

/// A photo of a member for that purpose.
pub async fn photo(app: &TestApp, owner: &Actor, purpose: UploadPurpose) -> PhotoId {
    let now = app.deps.clock.now();
    let upload = upload::Model {
        id: UploadId(fresh(app)),
        owner_id: id_of(owner),
        api_key_id: None,
        purpose,
        content_type: "image/png".to_owned(),
        byte_size: 100,
        filename: None,
        state: UploadState::Used,
        expires_at: now,
        created_at: now,
        receiving_until: None,
    };
    let photo = photo::Model {
        id: PhotoId(fresh(app)),
        owner_id: id_of(owner),
        upload_id: upload.id,
        purpose,
        content_type: "image/png".to_owned(),
        width: 10,
        height: 10,
        alt: None,
        withdrawn: false,
        taken_at: None,
        created_at: now,
    };
    let id = photo.id;
    let made = app.deps.write(async |tx| {
        upload.into_active_model().reset_all().insert(tx).await?;
        photo.into_active_model().reset_all().insert(tx).await?;
        Ok(())
    });
    made.await.unwrap();
    id
}

/// A member who never logs in: registering fifty of them through the API would take its time.
pub async fn stranger(app: &TestApp, number: u32) -> String {
    let id = MemberId(fresh(app));
    let row = member::Model {
        id,
        email: format!("stranger{number}@example.org"),
        email_verified: false,
        password_hash: String::new(),
        display_name: format!("stranger {number}"),
        role: Role::Member,
        avatar_photo_id: None,
        locale: None,
        time_zone: None,
        created_at: app.deps.clock.now(),
        deletes_at: None,
        deleted_at: None,
    };
    let row = row.into_active_model().reset_all();
    app.deps.write(async |tx| Ok(row.insert(tx).await?)).await.unwrap();
    id.to_string()
}

/// That many messages of a member, as if they had been sent one after the other; unread counts are left as they are.
pub async fn messages(app: &TestApp, conversation: &str, sender: &Actor, count: i64, words: &str) {
    let id: ConversationId = conversation.parse().unwrap();
    let one = |sequence: i64| message::Model {
        id: MessageId(fresh(app)),
        conversation_id: id,
        sequence,
        revision: sequence,
        sender_id: Some(id_of(sender)),
        text: Some(words.to_owned()),
        image_ids: "[]".to_owned(),
        reply_to_id: None,
        client_key: None,
        request_hash: None,
        system: None,
        sent_at: app.deps.clock.now(),
        edited_at: None,
        deleted_at: None,
        review: None,
    };
    let done = app.deps.write(async |tx| {
        let row = conversation::Entity::find_by_id(id).one(tx).await?.unwrap();
        let first = row.last_sequence + 1;
        let messages: Vec<message::Model> = (first..first + count).map(one).collect();
        for some in messages.chunks(500) {
            let searchable = some.iter().map(|message| searchable_message::ActiveModel {
                message_id: Set(message.id),
                conversation_id: Set(id),
                scope: Set(conversation.replace('_', "")),
                words: Set(words.to_owned()),
                ..Default::default()
            });
            let rows = some
                .iter()
                .map(|message| message.clone().into_active_model().reset_all());
            message::Entity::insert_many(rows).exec_without_returning(tx).await?;
            searchable_message::Entity::insert_many(searchable)
                .exec_without_returning(tx)
                .await?;
        }
        let mut row = row.into_active_model();
        row.last_sequence = Set(first + count - 1);
        row.last_revision = Set(first + count - 1);
        row.update(tx).await?;
        Ok(())
    });
    done.await.unwrap();
}
