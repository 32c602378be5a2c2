//! Descriptions of animals as people in the demo write them.

use entity::vocabulary::PetKind;

const LOST: &[&str] = &[
    "Slipped out when the gate stood open. Shy with strangers, but comes to a squeaky toy.",
    "Ran off during the fireworks and was last seen heading for the creek. Please do not chase: call softly and sit down.",
    "Got out of the car at a rest stop. Friendly, trusts children first, and loves cheese.",
    "Has never been outside alone and may be hiding under a porch or in a garage. Please look in your shed.",
    "Takes medicine every day, so every hour counts. Answers to the name and to whistling.",
];

const FOUND: &[&str] = &[
    "Was sitting on our doorstep this morning, hungry and friendly. Is safe with us until the owner is found.",
    "Followed my children home from the park. Well kept, so somebody must be missing this one.",
    "Found beside the road, tired but not hurt. Has eaten and is asleep on our couch.",
];

const SIGHTED: &[&str] = &[
    "Crossed the street and ran off when I stopped. Looked lost, and kept turning around.",
    "Has been around the parking lot since yesterday. I could not get close.",
];

const SHELTERED: &[&str] = &[
    "Brought in by a passer-by. Calm in the kennel, walks well on a leash.",
    "Picked up by our officers. A little thin, otherwise in good health.",
    "Came in with a worn collar without a tag. Likes people and other animals.",
];

/// The description for the report with that number.
pub fn description(kind: PetKind, number: u32) -> &'static str {
    let words = match kind {
        PetKind::Lost => LOST,
        PetKind::Found => FOUND,
        PetKind::Sighted => SIGHTED,
        PetKind::Sheltered => SHELTERED,
    };
    words.iter().cycle().nth(number as usize).copied().unwrap_or_default()
}
