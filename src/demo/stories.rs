//! Follow-ups to some reports of the demo: sightings, conversations, a reunion.

use std::time::Duration;

use entity::{pet, vocabulary::PetStatus};

use super::Cast;
use crate::{
    deps::Deps,
    domain::{
        chat::{self, Recipient, SendMessage, StartConversation, Words},
        custody,
        pets::{self, AddSighting, LocationInput},
    },
    kernel::{Result, Viewer},
};

/// Ann misses Sweetie, and bob thinks he has her.
const SWEETIE: u32 = 0;
/// Ann misses Mochi, whom bob has seen twice.
const MOCHI: u32 = 8;
/// Ann missed Domino, and bob had found him.
const DOMINO: u32 = 30;
const FOUND_DOMINO: u32 = 31;

/// Continues the story of the report with that number.
pub async fn tell(deps: &Deps, cast: &Cast, number: u32, pet: &pet::Model) -> Result<()> {
    let Cast { ann, bob, .. } = cast;
    match number {
        SWEETIE => {
            talk(deps, (bob, ann), pet, &[
                "Hello! A beagle has been in our yard since this morning. She limps a little on a hind leg. Could she be yours?",
                "That sounds like her! Does she come when you say Sweetie?",
                "She does, and she wags her whole back. When would you like to come over?",
            ])
            .await
        }
        MOCHI => {
            see(deps, bob, pet, ("Drank from the creek behind the school, then ran off to the north.", 190)).await?;
            see(deps, bob, pet, ("Walked along the tracks. Came closer when I crouched, until a car passed.", 52)).await
        }
        DOMINO => {
            talk(deps, (bob, ann), pet, &[
                "Good evening, I have found a boxer near the lake. I think it is Domino!",
                "I cannot believe it. That is him. Thank you so much!",
            ])
            .await?;
            end_well(deps, ann, pet).await
        }
        FOUND_DOMINO => end_well(deps, bob, pet).await,
        _ => Ok(()),
    }
}

/// Two people write about a pet in turn, starting with the first.
async fn talk(deps: &Deps, (first, second): (&Viewer, &Viewer), pet: &pet::Model, said: &[&str]) -> Result<()> {
    let words = |text: &str| Words {
        text: Some(text.to_owned()),
        ..Words::default()
    };
    let [opening, answers @ ..] = said else { return Ok(()) };
    let recipient = Recipient {
        pet: Some(pet.id),
        ..Recipient::default()
    };
    let start = StartConversation {
        recipient,
        words: words(opening),
    };
    let conversation_id = chat::start_conversation(deps, first, start).await?.conversation.id;
    for (text, speaker) in answers.iter().zip([second, first].into_iter().cycle()) {
        let message = SendMessage {
            conversation_id,
            words: words(text),
        };
        chat::send_message(deps, speaker, message).await?;
    }
    Ok(())
}

async fn see(deps: &Deps, witness: &Viewer, pet: &pet::Model, (note, hours_ago): (&str, u16)) -> Result<()> {
    let place = super::from_town(300, f64::from(hours_ago) / 60.0)?;
    let sighting = AddSighting {
        pet_id: pet.id,
        seen_at: deps.clock.now().minus(Duration::from_secs(u64::from(hours_ago) * 3600)),
        location: LocationInput::Point(place.latitude, place.longitude),
        note: Some(note.to_owned()),
        photo_id: None,
        upload_id: None,
        idempotency_key: None,
    };
    pets::add_sighting(deps, witness, sighting).await?;
    Ok(())
}

async fn end_well(deps: &Deps, reporter: &Viewer, pet: &pet::Model) -> Result<()> {
    custody::close_pet(deps, reporter, pet.id, PetStatus::Reunited).await?;
    Ok(())
}
