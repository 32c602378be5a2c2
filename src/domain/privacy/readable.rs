//! Rows of the tables in the form of the API: names in camel case, ids with their prefixes, times as RFC 3339.

use entity::{
    Timestamp,
    id::{
        self, AbuseReportId, AuditEntryId, ClaimId, ConversationId, IdentityId, MatchId, MemberId, MessageId,
        NotificationId, PetId, PhotoId, SavedSearchId, SearchHistoryEntryId, SessionId, ShareId, ShelterId, SightingId,
        SmsMessageId,
    },
};
use serde_json::{Map, Value};
use uuid::Uuid;

/// The prefix of a section's own ids.
const OWN: [(&str, &str); 16] = [
    ("sessions", SessionId::PREFIX),
    ("identities", IdentityId::PREFIX),
    ("reports", PetId::PREFIX),
    ("sightings", SightingId::PREFIX),
    ("photos", PhotoId::PREFIX),
    ("savedSearches", SavedSearchId::PREFIX),
    ("searchHistory", SearchHistoryEntryId::PREFIX),
    ("claims", ClaimId::PREFIX),
    ("messages", MessageId::PREFIX),
    ("notifications", NotificationId::PREFIX),
    ("textMessages", SmsMessageId::PREFIX),
    ("shares", ShareId::PREFIX),
    ("credits", "credit"),
    ("abuseReports", AbuseReportId::PREFIX),
    ("actions", AuditEntryId::PREFIX),
    ("actionsOnAccount", AuditEntryId::PREFIX),
];

/// The prefix of ids that refer to something else, by the column.
const OTHERS: [(&str, &str); 13] = [
    ("pet_id", PetId::PREFIX),
    ("claimant_pet_id", PetId::PREFIX),
    ("judged_pet_id", PetId::PREFIX),
    ("shelter_id", ShelterId::PREFIX),
    ("photo_id", PhotoId::PREFIX),
    ("match_id", MatchId::PREFIX),
    ("conversation_id", ConversationId::PREFIX),
    ("reply_to_id", MessageId::PREFIX),
    ("message_id", MessageId::PREFIX),
    ("claim_id", ClaimId::PREFIX),
    ("document_id", PhotoId::PREFIX),
    ("blocked_id", MemberId::PREFIX),
    ("hidden_from", MemberId::PREFIX),
];

/// A row of that section.
pub fn readable(section: &str, row: Value) -> Value {
    let Value::Object(row) = row else { return row };
    let fields = row.into_iter().map(|(column, value)| {
        let value = readable_value(section, &column, value);
        (camel_case(&column), value)
    });
    Value::Object(fields.collect::<Map<_, _>>())
}

fn readable_value(section: &str, column: &str, value: Value) -> Value {
    if let Some(time) = value
        .as_i64()
        .filter(|_| column.ends_with("_at") || column == "birth_date")
    {
        return Value::String(Timestamp(time).to_string());
    }
    let prefixes: &[(&str, &str)] = if column == "id" { &OWN } else { &OTHERS };
    let key = if column == "id" { section } else { column };
    let prefix = prefixes.iter().find(|(name, _)| *name == key).map(|(_, prefix)| prefix);
    let id = value.as_str().and_then(|text| text.parse::<Uuid>().ok());
    match (prefix, id) {
        (Some(prefix), Some(uuid)) => Value::String(format!("{prefix}_{}", id::encode(uuid))),
        _ => value,
    }
}

fn camel_case(column: &str) -> String {
    let mut words = column.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_row_reads_as_in_the_api() {
        let row = json!({
            "id": "018f0000-0000-7000-8000-000000000001", "pet_id": "018f0000-0000-7000-8000-000000000002",
            "seen_at": 0, "note": "by the river", "closed_at": null,
        });
        let read = readable("sightings", row);
        assert!(
            read["id"].as_str().unwrap().starts_with("sig_") && read["petId"].as_str().unwrap().starts_with("pet_")
        );
        assert_eq!(read["seenAt"], "1970-01-01T00:00:00.000Z");
        assert_eq!(
            (&read["note"], &read["closedAt"]),
            (&json!("by the river"), &Value::Null)
        );
    }
}
