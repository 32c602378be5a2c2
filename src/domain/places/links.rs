//! Addresses of the web that show a point: Google Maps URLs, version 1, which open in a browser or in the app
//! (<https://developers.google.com/maps/documentation/urls/get-started>).

use url::Url;

use geometry::Point;

/// The way to a point, from another one or from wherever one is.
pub fn directions_url(to: Point, from: Option<Point>) -> String {
    let origin = from.map(|from| ("origin", text(from)));
    let parameters = origin.into_iter().chain([("destination", text(to))]);
    address("https://www.google.com/maps/dir/", parameters)
}

/// The view of a point from the street, if there are pictures.
pub fn street_view_url(at: Point) -> String {
    let parameters = [("map_action", "pano".to_owned()), ("viewpoint", text(at))];
    address("https://www.google.com/maps/@", parameters)
}

fn address(base: &str, parameters: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let parameters = [("api", "1".to_owned())].into_iter().chain(parameters);
    let url = Url::parse_with_params(base, parameters);
    url.map_or_else(|_| base.to_owned(), String::from)
}

/// Six digits are a tenth of a metre.
fn text(point: Point) -> String {
    format!("{:.6},{:.6}", point.latitude, point.longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_carry_points_as_the_documentation_says() {
        let (mill, home) = (Point::new(30.25, -97.75).unwrap(), Point::new(-33.5, 151.25).unwrap());

        assert_eq!(
            directions_url(mill, None),
            "https://www.google.com/maps/dir/?api=1&destination=30.250000%2C-97.750000"
        );
        assert_eq!(
            directions_url(mill, Some(home)),
            "https://www.google.com/maps/dir/?api=1&origin=-33.500000%2C151.250000&destination=30.250000%2C-97.750000"
        );
        assert_eq!(
            street_view_url(mill),
            "https://www.google.com/maps/@?api=1&map_action=pano&viewpoint=30.250000%2C-97.750000"
        );
    }
}
