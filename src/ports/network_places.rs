//! Roughly where networks are, from a file in the format of MaxMind DB 2.0 (GeoLite2 City, DB-IP City Lite and others).

use std::{net::IpAddr, path::Path};

use maxminddb::{MaxMindDbError, Reader, geoip2::City};

/// Says roughly where an address is. Without a file it knows nothing.
#[derive(Default)]
pub struct NetworkPlaces(Option<Reader<Vec<u8>>>);

impl NetworkPlaces {
    /// Reads a file into memory.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is no such file.
    pub fn read(file: &Path) -> Result<Self, MaxMindDbError> {
        Reader::open_readfile(file).map(|reader| Self(Some(reader)))
    }

    /// Town, region and country of an address, as far as the file knows them, such as `Austin, Texas, United States`. It is
    /// the place of the network's operator, often tens of kilometres off and sometimes in another country.
    pub fn place(&self, address: IpAddr) -> Option<String> {
        let found = self.0.as_ref()?.lookup(address.to_canonical()).ok()?;
        let city: City = found.decode().ok()??;
        let region = city.subdivisions.first().and_then(|region| region.names.english);
        let names = [city.city.names.english, region, city.country.names.english];
        let mut names: Vec<&str> = names.into_iter().flatten().collect();
        names.dedup();
        (!names.is_empty()).then(|| names.join(", "))
    }
}
