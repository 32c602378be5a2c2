//! An offer to hand an animal over.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use entity::{
    id::{ShelterId, TransferId},
    transfer,
};

use super::loaders::StaysById;
use crate::{
    count,
    domain::transfers::{self, Which},
    graphql::{
        accounts::Member,
        connection::{Connection, connection},
        context::ContextExt,
        custody::{Animals, ShelterAnimal, Stay},
        error::nullable,
        node::visible,
        pets::{Pet, Pets},
        scalars::DateTime,
        shelters::Shelter,
        vocabulary::TransferState,
    },
    kernel::{Result, page::Page},
};

/// Which way an animal goes.
#[derive(Enum, Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[graphql(remote = "transfers::TransferDirection")]
pub enum TransferDirection {
    /// To the shelter.
    Incoming,
    /// Away from it.
    Outgoing,
}

/// An offer to hand an animal over to a shelter, by the shelter that has it or the member who found it. Those who see the
/// animals of one of the shelters see it, and that member. Of the animal itself the receiving side sees the report only, until
/// it accepts.
pub struct Transfer(pub Arc<transfer::Model>);

impl Transfer {
    /// The offer with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<TransferId>() else {
            return Ok(None);
        };
        let deps = ctx.deps()?;
        let actor = ctx.loaders()?.actor(deps).await?;
        let found = visible(transfers::find(deps.db.read(), &actor, id).await)?;
        Ok(found.map(|transfer| Self(Arc::new(transfer))))
    }

    /// Whether the viewer sees how the offering side keeps the animal.
    async fn is_seen_from_inside(&self, ctx: &Context<'_>) -> Result<bool> {
        let actor = ctx.loaders()?.actor(ctx.deps()?).await?;
        Ok(transfers::may_see_offering_side(&actor, &self.0))
    }
}

/// A page of a shelter's offers; `None` for those who may not see them.
pub async fn transfer_connection(
    ctx: &Context<'_>,
    shelter: ShelterId,
    which: Which,
    page: Page,
) -> Result<Option<Connection<Transfer>>> {
    let deps = ctx.deps()?;
    let actor = ctx.loaders()?.actor(deps).await?;
    let found = transfers::transfers_of(deps.db.read(), &actor, shelter, which, &page).await?;
    let found = found.map(|slice| slice.map(|transfer| Transfer(Arc::new(transfer))));
    let count = count!(deps; transfers::count_transfers(deps.db.read(), shelter, which));
    Ok(found.map(|slice| connection(slice, count)))
}

/// An offer to hand an animal over to a shelter, by the shelter that has it or the member who found it. Those who see the
/// animals of one of the shelters see it, and that member. Of the animal itself the receiving side sees the report only, until
/// it accepts.
#[Object]
impl Transfer {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Where it stands.
    async fn state(&self) -> TransferState {
        self.0.state.into()
    }

    /// The offering shelter; null if a member offers.
    async fn from_shelter(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Shelter>> {
        nullable(async {
            match self.0.from_shelter {
                Some(id) => Shelter::load(ctx, id).await,
                None => Ok(None),
            }
        })
        .await
    }

    /// The member who found the animal and offers it; null if a shelter does, and for a deleted account.
    async fn finder(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Member>> {
        nullable(async {
            match self.0.from_shelter {
                Some(_) => Ok(None),
                None => Member::find(ctx, &self.0.offered_by).await,
            }
        })
        .await
    }

    /// The receiving shelter.
    async fn to_shelter(&self, ctx: &Context<'_>) -> async_graphql::Result<Shelter> {
        Ok(Shelter::of_row(ctx, self.0.to_shelter).await?)
    }

    /// The report about the animal on the offering side; null if there is none that the caller may see.
    async fn report(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Pet>> {
        nullable(async {
            let Some(id) = self.0.pet_id else { return Ok(None) };
            Ok(ctx.loaders()?.get::<Pets>().load_one(id).await?.map(Pet))
        })
        .await
    }

    /// The stay in the offering shelter; null but for those who see its animals.
    async fn stay(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Stay>> {
        nullable(async {
            let Some(id) = self.0.stay_id else { return Ok(None) };
            Ok(ctx.loaders()?.get::<StaysById>().load_one(id).await?.map(Stay))
        })
        .await
    }

    /// The animal as the receiving shelter knows it, with its stay and its report; null until it is accepted, and but for
    /// those who see the animals of that shelter.
    async fn new_animal(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<ShelterAnimal>> {
        nullable(async {
            let Some(id) = self.0.new_animal_id else {
                return Ok(None);
            };
            Ok(ctx.loaders()?.get::<Animals>().load_one(id).await?.map(ShelterAnimal))
        })
        .await
    }

    /// What the offering side says.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What the receiving side says to its answer.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Id of the member or API key that offered; null but for the offering side.
    async fn offered_by(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<&str>> {
        nullable(async {
            let by = self.0.offered_by.as_str();
            Ok(self.is_seen_from_inside(ctx).await?.then_some(by))
        })
        .await
    }

    /// When it was offered.
    async fn offered_at(&self) -> DateTime {
        self.0.offered_at.into()
    }

    /// When it was answered or withdrawn; null until then.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(Into::into)
    }
}
