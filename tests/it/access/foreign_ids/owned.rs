//! What belongs to the owner, the partner and the shelter of the town, and what belongs to those who try it.

use serde_json::{Value, json};

use crate::{
    access::{
        accounts,
        cast::{Cast, Who},
        chat, claims, connectors, custody, matching, pets, photos, privacy, searches, shelters, sms, transfers,
        webhooks,
    },
    matching::{dog, report},
};

/// Global ids.
pub struct Owned {
    pet: String,
    animal: String,
    shelter_animal: String,
    stay: String,
    transfer: String,
    conversation: String,
    message: String,
    pair: String,
    claim: String,
    photo: String,
    image: String,
    upload: String,
    search_upload: String,
    session: String,
    passkey: String,
    identity: String,
    data_export: String,
    search: String,
    searched: String,
    key: String,
    invitation: String,
    import: String,
    webhook: String,
    connector: String,
    delivery: String,
    import_mapping: String,
    sms: String,
    notification: Option<String>,
    entry: String,
    shelter: String,
    member: String,
    staff: String,
    own: Vec<(Who, Own)>,
}

/// What one who tries has themselves.
struct Own {
    pet: String,
    conversation: String,
    shelter: String,
}

impl Owned {
    /// Makes all of it.
    pub async fn of(cast: &Cast) -> Self {
        let talk = chat::talk(cast).await;
        let pair = matching::pair(cast).await;
        let claim = claims::answered_for(cast, &matching::pair(cast).await).await;
        let notifications = "{ viewer { notifications(first: 1) { nodes { id } } } }";
        let data = cast.app.ok(&cast.owner, notifications, json!({})).await;
        let notification = data["viewer"]["notifications"]["nodes"][0]["id"].as_str();
        let mut own = Vec::new();
        for who in [Who::Stranger, Who::OtherStaff] {
            own.push((who, Own::of(cast, who).await));
        }
        Self {
            pet: text(&pets::lost_by_owner(cast).await["id"]),
            animal: text(&pets::in_shelter(cast).await["id"]),
            shelter_animal: custody::animal(cast).await,
            stay: custody::stay(cast).await,
            transfer: transfers::offered(cast).await,
            conversation: text(&talk["id"]),
            message: text(&talk["message"]),
            pair: text(&pair["id"]),
            claim: text(&claim["id"]),
            photo: photos::photo(cast, "PET_PHOTO").await,
            image: photos::photo(cast, "CHAT_IMAGE").await,
            upload: photos::sent(cast).await,
            search_upload: photos::to_search_with(cast).await,
            session: accounts::session(cast).await,
            passkey: accounts::passkey(cast).await,
            identity: accounts::identity(cast).await,
            data_export: privacy::export(cast).await,
            search: text(&searches::saved(cast).await["id"]),
            searched: searches::searched(cast).await,
            key: shelters::new_key(cast).await,
            invitation: shelters::invitation(cast).await,
            import: shelters::import(cast).await,
            webhook: webhooks::webhook(cast).await,
            connector: connectors::connector(cast).await,
            delivery: webhooks::delivery(cast).await,
            import_mapping: shelters::import_mapping(cast).await,
            sms: sms::sent(cast).await,
            notification: notification.map(str::to_owned),
            entry: accounts::audit_entry(cast).await,
            shelter: cast.shelter.clone(),
            member: cast.partner.id.clone(),
            staff: cast.staff.id.clone(),
            own,
        }
    }

    /// The ids to try there.
    pub fn of_others(&self, field: &str, id: &str) -> Vec<String> {
        let ids: Vec<&String> = match (field, id) {
            ("node" | "nodes", _) => self.private(),
            ("updatePet" | "closePet", "id") => vec![&self.pet, &self.animal],
            ("editMessage" | "deleteMessage" | "reactToMessage", "id") => vec![&self.message],
            ("confirmMatch" | "dismissMatch", "id") | (_, "matchId") => vec![&self.pair],
            ("answerClaim" | "judgeClaim" | "withdrawClaim", "id") => vec![&self.claim],
            ("updateSavedSearch" | "deleteSavedSearch" | "markSavedSearchSeen", "id") => vec![&self.search],
            ("clearSearchHistory", "id") => vec![&self.searched],
            ("revokeSession", "id") => vec![&self.session],
            ("renamePasskey" | "removePasskey", "id") => vec![&self.passkey],
            ("unlinkIdentity", "id") => vec![&self.identity],
            ("revokeApiKey" | "rotateApiKey", "id") => vec![&self.key],
            ("updateWebhook" | "rotateWebhookSecret" | "deleteWebhook" | "testWebhook", "id") => vec![&self.webhook],
            ("updateConnector" | "deleteConnector" | "runConnector", "id") => vec![&self.connector],
            ("replayWebhookDelivery", "id") => vec![&self.delivery],
            ("deleteImportMapping", "id") => vec![&self.import_mapping],
            ("withdrawInvitation", "id") => vec![&self.invitation],
            ("changeStays" | "endStays", "ids") | (_, "stayId") => vec![&self.stay],
            ("answerTransfer" | "withdrawTransfer", "id") => vec![&self.transfer],
            ("transferPet", "petId") => vec![&self.pet],
            (_, "animalId") => vec![&self.shelter_animal],
            ("updateShelter", "id") | (_, "shelterId") => vec![&self.shelter],
            ("removeStaff" | "changeStaffRole", "memberId") => vec![&self.staff],
            ("photoSearch", _) => vec![&self.search_upload],
            (_, "subjectId" | "replyToId") => vec![&self.message],
            (_, "conversationId") => vec![&self.conversation],
            (_, "photoId" | "photoIds" | "avatarPhotoId") => vec![&self.photo, &self.image],
            (_, "imageIds") => vec![&self.image, &self.photo],
            (_, "uploadId" | "uploadIds") => vec![&self.upload],
            (_, "importId") => vec![&self.import],
            (_, "memberId") => vec![&self.member],
            _ => panic!("say here whose id {field}.{id} is"),
        };
        ids.into_iter().cloned().collect()
    }

    /// What is nobody else's to see.
    fn private(&self) -> Vec<&String> {
        let mut ids = vec![
            &self.conversation,
            &self.message,
            &self.pair,
            &self.claim,
            &self.image,
            &self.upload,
            &self.search_upload,
            &self.session,
            &self.identity,
            &self.data_export,
            &self.search,
            &self.searched,
            &self.key,
            &self.invitation,
            &self.import,
            &self.webhook,
            &self.connector,
            &self.delivery,
            &self.shelter_animal,
            &self.stay,
            &self.transfer,
            &self.sms,
            &self.entry,
        ];
        ids.extend(&self.notification);
        ids
    }

    /// Another id that the same request needs, of the caller's own.
    pub fn of_caller(&self, field: &str, id: &str, who: Who) -> Value {
        let (_, own) = self.own.iter().find(|(known, _)| *known == who).unwrap();
        match (field, id) {
            ("updatePet", "id") | (_, "petId") => json!(own.pet),
            (_, "conversationId") => json!(own.conversation),
            (_, "shelterId" | "toShelterId") => json!(own.shelter),
            ("removeParticipant" | "removeStaff" | "changeStaffRole", "memberId") | (_, "memberIds") => match id {
                "memberIds" => json!([self.member]),
                _ => json!(self.member),
            },
            _ => panic!("say here whose id {field}.{id} is"),
        }
    }
}

impl Own {
    async fn of(cast: &Cast, who: Who) -> Self {
        let (app, me) = (&cast.app, cast.actor(who).unwrap());
        let start = "mutation($id: ID!) { startConversation(input: { memberId: $id, text: \"Hello\" }) {
            conversation { id } userErrors { field code } } }";
        let talk = app.ok(me, start, json!({ "id": cast.admin.id })).await;
        Self {
            pet: report(app, me, dog("LOST", 20.0, "2026-05-30T10:00:00Z")).await,
            conversation: text(&talk["startConversation"]["conversation"]["id"]),
            shelter: cast.other_shelter.clone(),
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
