//! A polygon preprocessed for testing many points.

use geometry::{Point, Polygon};

/// Maximum number of bands.
const MOST_BANDS: usize = 64;

/// From a corner to the next: longitude, which may exceed ±180, and latitude.
type Edge = ((f64, f64), (f64, f64));

/// The edges of a polygon, grouped into bands by the latitudes that they span, so that each point is compared with few
/// edges.
pub struct Outline {
    south: f64,
    /// Height of a band in degrees of latitude.
    height_of_band: f64,
    /// The westernmost and easternmost longitude.
    longitudes: (f64, f64),
    bands: Vec<Vec<Edge>>,
}

impl Outline {
    /// Groups the edges of a polygon into bands.
    pub fn of(polygon: &Polygon) -> Self {
        let edges: Vec<Edge> = polygon.edges().collect();
        let latitudes = || edges.iter().map(|((_, latitude), _)| *latitude);
        let (south, north) = (
            latitudes().fold(f64::MAX, f64::min),
            latitudes().fold(f64::MIN, f64::max),
        );
        let count = edges.len().clamp(1, MOST_BANDS);
        let mut outline = Self {
            south,
            height_of_band: (north - south) / count as f64,
            longitudes: polygon.longitudes(),
            bands: vec![Vec::new(); count],
        };
        for edge in edges {
            let (one, other) = (outline.band_of(edge.0.1), outline.band_of(edge.1.1));
            let spanned = one.min(other)..=one.max(other);
            for band in outline.bands.get_mut(spanned).unwrap_or_default() {
                band.push(edge);
            }
        }
        outline
    }

    /// Same result as [`Polygon::contains`], to the last bit.
    pub fn contains(&self, point: Point) -> bool {
        let (west, east) = self.longitudes;
        let Some(edges) = self.bands.get(self.band_of(point.latitude)) else {
            return false;
        };
        [-720.0, -360.0, 0.0, 360.0, 720.0]
            .into_iter()
            .map(|turn| point.longitude + turn)
            .filter(|longitude| (west..=east).contains(longitude))
            .any(|longitude| is_inside(edges, (longitude, point.latitude)))
    }

    /// The band of a latitude. Latitudes outside the polygon get the first or last band, whose edges do not span them.
    fn band_of(&self, latitude: f64) -> usize {
        let band = ((latitude - self.south) / self.height_of_band).max(0.0) as usize;
        band.min(self.bands.len() - 1)
    }
}

/// Whether a ray to the east crosses an odd number of edges. An edge includes its southern end but not its northern
/// one.
fn is_inside(edges: &[Edge], (x, y): (f64, f64)) -> bool {
    let crossed = edges.iter().filter(|((from_x, from_y), (to_x, to_y))| {
        let spans = (*from_y <= y) != (*to_y <= y);
        spans && x < from_x + (y - from_y) / (to_y - from_y) * (to_x - from_x)
    });
    crossed.count() % 2 == 1
}
