//! The facts of all features, a file for each. Payloads contain ids only; whoever reacts to a fact loads the current
//! state.

mod accounts;
mod chat;
mod claims;
mod connectors;
mod custody;
mod deliveries;
mod matching;
mod notifications;
mod pets;
mod photos;
mod places;
mod privacy;
mod shelters;
mod sms;
mod transfers;

use serde::{Deserialize, Serialize};

pub use self::{
    accounts::{AccountEvent, EmailSide, SecurityChange},
    chat::ChatEvent,
    claims::ClaimEvent,
    connectors::ConnectorEvent,
    custody::CustodyEvent,
    deliveries::DeliveryEvent,
    matching::MatchEvent,
    notifications::NotificationEvent,
    pets::PetEvent,
    photos::PhotoEvent,
    places::PlaceEvent,
    privacy::PrivacyEvent,
    shelters::ShelterEvent,
    sms::SmsEvent,
    transfers::TransferEvent,
};
use crate::events::Topic;

/// Combines the facts of the features into one enum. In the log, each fact is stored in the format of its feature.
macro_rules! events {
    ($($feature:ident($facts:ident),)*) => {
        /// Something that has happened.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(untagged)]
        pub enum Event {
            $(
                #[doc = concat!("As in [`", stringify!($facts), "`].")]
                $feature($facts),
            )*
        }

        $(
            impl From<$facts> for Event {
                fn from(fact: $facts) -> Self {
                    Self::$feature(fact)
                }
            }
        )*

        impl Event {
            /// The name of the fact, as stored in the log; unique across all features.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$feature(fact) => fact.name(),)*
                }
            }

            /// The topics whose bells ring for it.
            pub fn topics(&self) -> Vec<Topic> {
                match self {
                    $(Self::$feature(fact) => fact.topics(),)*
                }
            }
        }
    };
}

impl Event {
    /// Makes one fact of this one and another one of the same transaction, if their feature can.
    pub fn take_up(&mut self, other: &Self) -> bool {
        match (self, other) {
            (Self::Custody(fact), Self::Custody(other)) => fact.take_up(other),
            _ => false,
        }
    }
}

// A stored fact is parsed as a fact of each feature in this order, so the most frequent ones come first.
events! {
    Chat(ChatEvent),
    Pets(PetEvent),
    Shelters(ShelterEvent),
    Custody(CustodyEvent),
    Matching(MatchEvent),
    Claims(ClaimEvent),
    Notifications(NotificationEvent),
    Deliveries(DeliveryEvent),
    Connectors(ConnectorEvent),
    Photos(PhotoEvent),
    Places(PlaceEvent),
    Accounts(AccountEvent),
    Privacy(PrivacyEvent),
    Sms(SmsEvent),
    Transfers(TransferEvent),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Facts of each feature, as stored by the first version.
    const STORED: [(&str, &str); 18] = [
        (
            "member_registered",
            r#"{"kind":"member_registered","member_id":"mem_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "security_changed",
            r#"{"kind":"security_changed","member_id":"mem_01h455vb4pex5vsknk084sn02q","change":"totp_enabled"}"#,
        ),
        (
            "data_export_ready",
            r#"{"kind":"data_export_ready","export_id":"dex_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "seat_changed",
            r#"{"kind":"seat_changed","member_ids":["mem_01h455vb4pex5vsknk084sn02q"]}"#,
        ),
        (
            "match_found",
            r#"{"kind":"match_found","match_id":"mat_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "claim_answered",
            r#"{"kind":"claim_answered","claim_id":"clm_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "match_alerted",
            r#"{"kind":"match_alerted","member_id":"mem_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "pet_status_changed",
            r#"{"kind":"pet_status_changed","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"]}"#,
        ),
        (
            "photos_learned",
            r#"{"kind":"photos_learned","photo_ids":["pho_01h455vb4pex5vsknk084sn02q"]}"#,
        ),
        (
            "pet_photos_learned",
            r#"{"kind":"pet_photos_learned","pet_id":"pet_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        ("places_wanted", r#"{"kind":"places_wanted"}"#),
        (
            "import_finished",
            r#"{"kind":"import_finished","import_id":"imp_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "animals_left",
            r#"{"kind":"animals_left","shelter_id":"she_01h455vb4pex5vsknk084sn02q","stay_ids":["sta_01h455vb4pex5vsknk084sn02q"]}"#,
        ),
        (
            "webhook_delivery_queued",
            r#"{"kind":"webhook_delivery_queued","webhook_id":"whk_01h455vb4pex5vsknk084sn02q","delivery_id":"whd_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "connector_disabled",
            r#"{"kind":"connector_disabled","connector_id":"ctr_01h455vb4pex5vsknk084sn02q","member_id":"mem_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "photos_wanted",
            r#"{"kind":"photos_wanted","shelter_id":"she_01h455vb4pex5vsknk084sn02q","pet_ids":["pet_01h455vb4pex5vsknk084sn02q"]}"#,
        ),
        (
            "sms_queued",
            r#"{"kind":"sms_queued","sms_message_id":"sms_01h455vb4pex5vsknk084sn02q"}"#,
        ),
        (
            "transfer_offered",
            r#"{"kind":"transfer_offered","transfer_id":"trf_01h455vb4pex5vsknk084sn02q"}"#,
        ),
    ];

    #[test]
    fn a_stored_fact_is_read_and_written_as_ever() {
        for (name, stored) in STORED {
            let event: Event = serde_json::from_str(stored).unwrap();

            assert_eq!(event.name(), name);
            assert_eq!(serde_json::to_string(&event).unwrap(), stored);
        }
    }

    #[test]
    fn a_fact_from_before_a_field_was_added_is_read() {
        let stored = r#"{"kind":"pets_imported","import_id":"imp_01h455vb4pex5vsknk084sn02q","pet_ids":[]}"#;

        let event: Event = serde_json::from_str(stored).unwrap();

        assert!(matches!(
            event,
            Event::Shelters(ShelterEvent::PetsImported { shelter_id: None, .. })
        ));
    }

    #[test]
    fn a_fact_that_no_feature_knows_is_not_taken_for_another() {
        let stored = r#"{"kind":"moon_landed","member_id":"mem_01h455vb4pex5vsknk084sn02q"}"#;

        assert!(serde_json::from_str::<Event>(stored).is_err());
    }
}
