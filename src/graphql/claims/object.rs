//! A claim.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    id::{ClaimId, MatchId},
    pet,
};

use super::loaders::{ClaimsOfMatches, MatchesOfClaims};
use crate::{
    count,
    domain::{
        claims::{self, Counterpart, Part, SeenClaim},
        pets::{PrivatePart, PrivateView},
        shelters, sms,
    },
    graphql::{
        accounts::Member,
        connection::{Connection, connection},
        context::ContextExt,
        error::nullable,
        matching::Match,
        node::visible,
        pets::PrivateViews,
        photos::Photo,
        scalars::{DateTime, PhoneNumber},
        vocabulary::ClaimState,
    },
    kernel::{Error, Result, page::Page},
};

/// One side of a match proves to the other that it is the same animal. Only the two sides see it, and moderators how it
/// stands.
pub struct Claim(pub Arc<SeenClaim>);

impl Claim {
    /// The claim with that global id, for `node`.
    pub async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Self>> {
        let Ok(id) = id.parse::<ClaimId>() else { return Ok(None) };
        let deps = ctx.deps()?;
        let actor = &ctx.loaders()?.actor(deps).await?;
        let found = claims::find(deps.db.read(), actor, id).await;
        Ok(visible(found)?.map(|seen| Self(Arc::new(seen))))
    }

    /// The claim of a match that the viewer may see.
    pub async fn of_match(ctx: &Context<'_>, id: MatchId) -> Result<Option<Self>> {
        Ok(ctx.loaders()?.get::<ClaimsOfMatches>().load_one(id).await?.map(Self))
    }

    /// Notes for the audit log that somebody looks at the phone of the other side.
    async fn note_view(ctx: &Context<'_>, pet: &pet::Model) -> Result<()> {
        let view = PrivateView {
            pet_id: pet.id,
            part: PrivatePart::Phone,
            address: ctx.origin()?.address,
        };
        ctx.loaders()?.get::<PrivateViews>().load_one(view).await.map(|_| ())
    }
}

/// One side of a match proves to the other that it is the same animal. Only the two sides see it, and moderators how it
/// stands.
#[Object]
impl Claim {
    /// Opaque id.
    pub async fn id(&self) -> ID {
        self.0.claim.id.to_string().into()
    }

    /// The two reports. The people of the one that is not the claimant's judge the claim.
    #[graphql(name = "match")]
    async fn found(&self, ctx: &Context<'_>) -> async_graphql::Result<Match> {
        let found = ctx.loaders()?.get::<MatchesOfClaims>();
        let found = found.load_one(self.0.claim.match_id).await?;
        let gone = || Error::broken("a claim names a match that is gone");
        Ok(Match(found.ok_or_else(gone)?))
    }

    /// Who opened it; may speak for a shelter.
    async fn claimant(&self, ctx: &Context<'_>) -> async_graphql::Result<Member> {
        let member = Member::load(ctx, self.0.claim.claimant_id).await?;
        Ok(member.ok_or_else(|| Error::broken("a claim names a member who is gone"))?)
    }

    /// Where it stands.
    async fn state(&self) -> ClaimState {
        self.0.claim.state.into()
    }

    /// Whether the caller speaks for the judging side.
    async fn viewer_judges(&self) -> bool {
        self.0.part == Part::Judge
    }

    /// What the claimant is asked, at most 3 questions. They were fixed when the claim was opened, from the private marks
    /// of the judging side's report; empty for moderators.
    async fn questions(&self) -> async_graphql::Result<Vec<ClaimQuestion>> {
        if self.0.part == Part::Moderator {
            return Ok(Vec::new());
        }
        let asked = self.0.questions()?.into_iter();
        let question = |asked: claims::AskedQuestion| ClaimQuestion {
            number: asked.number,
            question: asked.question,
            answer: asked.answer,
            expected: asked.expected,
        };
        Ok(asked.map(question).collect())
    }

    /// How many tries can still be refused before the claim is rejected. Those in earlier claims of the same side on
    /// this animal count for 7 days.
    async fn tries_left(&self) -> i32 {
        self.0.claim.tries_left
    }

    /// Answers are not taken before, 10 minutes after the last refusal; null when there is no such time.
    async fn may_answer_at(&self) -> Option<DateTime> {
        self.0.claim.may_answer_at.map(DateTime)
    }

    /// What a fresh photo has to show; null for moderators.
    async fn photo_challenge(&self) -> Option<&str> {
        (self.0.part != Part::Moderator).then_some(self.0.claim.photo_challenge.as_str())
    }

    /// The latest photo that the claimant took for it. Only for the two sides, and no longer for the judging side once the
    /// claim was withdrawn or has expired; its address is signed and ends after a day.
    async fn photo(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Photo>> {
        nullable(async {
            match self.0.photo_id() {
                Some(id) => Photo::load(ctx, id).await,
                None => Ok(None),
            }
        })
        .await
    }

    /// When the photo was taken, by the clock of the camera, and as UTC if the file names no time zone; null if the file
    /// does not say, and for everybody but the judging side. Anybody can forge it: a hint, never a proof.
    async fn photo_taken_at(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<DateTime>> {
        nullable(async {
            match self.0.photo_id().filter(|_| self.0.part == Part::Judge) {
                Some(id) => Ok(Photo::load(ctx, id)
                    .await?
                    .and_then(|photo| photo.0.taken_at)
                    .map(DateTime)),
                None => Ok(None),
            }
        })
        .await
    }

    /// A warning about the photo for the judging side: that it is a copy of one in a report, so it is not fresh. Null if
    /// there is nothing to warn of, which proves nothing.
    async fn photo_warning(&self) -> Option<&str> {
        self.0
            .has_copied_photo()
            .then_some("This picture is a copy of one in a report, not a new one.")
    }

    /// A picture of a document, such as a vet's record or a licence. Seen by the same people as the photo.
    async fn document(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<Photo>> {
        nullable(async {
            match self.0.document_id() {
                Some(id) => Photo::load(ctx, id).await,
                None => Ok(None),
            }
        })
        .await
    }

    /// What the judging side wrote about the latest answers; null for moderators.
    async fn reason(&self) -> Option<&str> {
        self.0.reason()
    }

    /// Phone of the other side, once the claim is accepted: the verified number of the member, or the public one of the
    /// shelter. Each look is written down.
    async fn phone(&self, ctx: &Context<'_>) -> Option<async_graphql::Result<PhoneNumber>> {
        nullable(async {
            let Some((counterpart, pet)) = self.0.counterpart() else {
                return Ok(None);
            };
            let deps = ctx.deps()?;
            let db = deps.db.read();
            let phone = match counterpart {
                Counterpart::Member(id) => sms::verified_phone(db, id, deps.clock.now()).await?,
                Counterpart::Shelter(id) => shelters::find(db, id).await?.phone,
            };
            if phone.is_some() {
                Self::note_view(ctx, pet).await?;
            }
            Ok(phone.map(PhoneNumber))
        })
        .await
    }

    /// When it expires unless somebody goes on with it.
    async fn expires_at(&self) -> DateTime {
        self.0.claim.expires_at.into()
    }

    /// When it was opened.
    async fn created_at(&self) -> DateTime {
        self.0.claim.created_at.into()
    }

    /// When it ended, in whatever way.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.claim.decided_at.map(DateTime)
    }
}

/// A question of a claim.
#[derive(SimpleObject)]
pub struct ClaimQuestion {
    /// From 1.
    number: i32,
    /// What is asked.
    question: String,
    /// The claimant's latest answer, for the two sides; null if there is none.
    answer: Option<String>,
    /// What the report says, for the judging side only; null if it says nothing.
    expected: Option<String>,
}

/// The claims of the viewer's side, and those that the viewer has to judge.
pub async fn claims_of_viewer(ctx: &Context<'_>, page: Page) -> Result<Connection<Claim>> {
    let (deps, viewer) = (ctx.deps()?, ctx.viewer()?.clone());
    let actor = ctx.loaders()?.actor(deps).await?;
    let slice = claims::of_viewer(deps.db.read(), &actor, &page).await?;
    Ok(connection(
        slice.map(|seen| Claim(Arc::new(seen))),
        count!(deps, viewer; claims::count_of_viewer(deps.db.read(), &viewer)),
    ))
}
