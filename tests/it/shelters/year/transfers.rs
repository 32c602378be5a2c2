//! Animals that one shelter offers to the other.

use serde_json::json;

use super::{
    animals::Intake,
    days::{Today, Year},
    desk,
};
use crate::{shelters::text, support::user_errors};

const OFFER: &str = "mutation($input: OfferTransferInput!) { offerTransfer(input: $input) {
    transfer { id state } userErrors { field code message } } }";
const ANSWER: &str = "mutation($id: ID!, $accept: Boolean!) { answerTransfer(input: { id: $id, accept: $accept }) {
    transfer { state newAnimal { id currentStay { id } } } userErrors { field code message } } }";
const WITHDRAW: &str = "mutation($id: ID!) { withdrawTransfer(input: { id: $id }) {
    transfer { state } userErrors { field code message } } }";

/// An offer that is open.
pub struct Offer {
    id: String,
    from: usize,
    animal: usize,
}

impl Year {
    /// Offers an animal of one shelter to the other.
    pub async fn offer(&mut self, from: usize, today: Today) {
        let house = &self.houses[from];
        let free = house.there(|_, stay| stay.id.is_some() && !stay.is_offered && !stay.is_held(today.now));
        let Some(animal) = free.get(self.chance.below(free.len())).copied() else {
            return;
        };
        let stay = house.animals[animal].present().and_then(|stay| stay.id.clone());
        let input = json!({ "stayId": stay, "toShelterId": self.houses[1 - from].id });
        let data = self.app.ok(&house.who, OFFER, json!({ "input": input })).await;
        let id = text(&data["offerTransfer"]["transfer"]["id"]);
        self.houses[from].animals[animal].last().is_offered = true;
        self.offers.push(Offer { id, from, animal });
        self.offered += 1;
        if self.offered.is_multiple_of(11) {
            // It leaves before anybody answers.
            desk::end(&self.app, &mut self.houses[from], &[animal], (today.now, "ADOPTED")).await;
        }
    }

    /// The other shelter answers all offers, or the first one takes them back.
    pub async fn answer(&mut self, today: Today) {
        for offer in std::mem::take(&mut self.offers) {
            let Offer { id, from, animal } = offer;
            let is_there = self.houses[from].animals[animal].present().is_some();
            let other = &self.houses[1 - from];
            if !is_there {
                let answer = self
                    .app
                    .run(&other.who, ANSWER, json!({ "id": id, "accept": true }))
                    .await;
                assert_eq!(user_errors(&answer), ["input.id CONFLICT"], "{}", today.day);
                continue;
            }
            self.houses[from].animals[animal].last().is_offered = false;
            match self.answered % 5 {
                3 => {
                    let refused = json!({ "id": id, "accept": false });
                    let data = self.app.ok(&self.houses[1 - from].who, ANSWER, refused).await;
                    assert_eq!(data["answerTransfer"]["transfer"]["state"], "REFUSED");
                }
                4 => {
                    let data = self.app.ok(&self.houses[from].who, WITHDRAW, json!({ "id": id })).await;
                    assert_eq!(data["withdrawTransfer"]["transfer"]["state"], "WITHDRAWN");
                }
                _ => self.hand_over(&id, (from, animal), today).await,
            }
            self.answered += 1;
        }
    }

    async fn hand_over(&mut self, id: &str, (from, animal): (usize, usize), today: Today) {
        let other = &self.houses[1 - from];
        let mut data = self
            .app
            .ok(&other.who, ANSWER, json!({ "id": id, "accept": true }))
            .await;
        let new = data["answerTransfer"]["transfer"]["newAnimal"].take();
        let former = &mut self.houses[from].animals[animal];
        former.last().end(today.now, "TRANSFERRED");
        let (name, species, chip) = (former.name.clone(), former.species, former.chip.clone());
        let house = &mut self.houses[1 - from];
        let place = house.add(species, false);
        let animal = &mut house.animals[place];
        (animal.name, animal.chip, animal.id) = (name, chip, Some(text(&new["id"])));
        animal.come(Intake {
            day: today.day,
            at: today.now,
            kind: "TRANSFER_IN",
            stage: "INTAKE",
            is_listed: false,
        });
        animal.last().id = Some(text(&new["currentStay"]["id"]));
    }
}
