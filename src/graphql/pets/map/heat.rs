//! The heat map.

use async_graphql::{Context, Object, SimpleObject};

use crate::{
    domain::pets::{
        self,
        search::{Search, Sort},
    },
    graphql::{
        context::ContextExt,
        pets::{BoundsInput, Coordinates, PetFilter},
    },
};

/// Root fields of the heat map.
#[derive(Default)]
pub struct HeatQuery;

/// A cell of the H3 grid (h3geo.org) with at least three reports.
#[derive(SimpleObject)]
pub struct HeatCell {
    /// Index of the cell, 15 hexadecimal digits.
    cell: String,
    /// Its middle.
    center: Coordinates,
    /// Its corners, counter-clockwise, each once; usually six. Where the cell lies across the antimeridian their longitudes go
    /// on past 180 or -180, as maps draw it.
    boundary: Vec<Coordinates>,
    /// How many reports lie in it, by their masked points.
    count: i32,
}

impl From<pets::HeatCell> for HeatCell {
    fn from(cell: pets::HeatCell) -> Self {
        Self {
            cell: cell.cell,
            center: cell.center.into(),
            boundary: cell
                .boundary
                .into_iter()
                .map(|corner| Coordinates {
                    latitude: corner.latitude,
                    longitude: corner.longitude,
                })
                .collect(),
            count: i32::try_from(cell.count).unwrap_or(i32::MAX),
        }
    }
}

#[Object]
impl HeatQuery {
    /// Where many reports lie: whole cells of which a part is in view, most reports first, at most 5,000. Cells with
    /// fewer than three reports are left out. For a window of time, filter by seenFrom and seenTo.
    async fn pet_heatmap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The viewport.")] bounds: BoundsInput,
        #[graphql(
            desc = "Resolution of the H3 grid, 0 (4,000,000 km²) to 9 (0.1 km²); when left out, one that suits the \
                    viewport."
        )]
        resolution: Option<i32>,
        #[graphql(desc = "What to count.")] filter: Option<PetFilter>,
    ) -> async_graphql::Result<Vec<HeatCell>> {
        let deps = ctx.deps()?;
        let filter = filter.unwrap_or_default().filter()?;
        let search = Search::asked(deps, &ctx.asker()?, filter, Sort::Newest).await?;
        let cells = pets::pet_heatmap(deps, search, bounds.bounds("bounds")?, resolution).await?;
        Ok(cells.into_iter().map(HeatCell::from).collect())
    }
}
