//! Tables in Markdown.

/// A table with these columns.
pub fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<&str> = cells.collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = line(&mut header.iter().copied());
    text += &line(&mut header.iter().map(|_| "---"));
    for row in rows {
        text += &line(&mut row.iter().map(String::as_str));
    }
    text
}

/// A share in percent, or a dash where there is nothing to have a share of.
pub fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "–".to_owned(),
        _ => format!("{:.1} %", 100.0 * part as f64 / whole as f64),
    }
}

/// A mean with that many decimals.
pub fn mean(sum: f64, count: usize, decimals: usize) -> String {
    match count {
        0 => "–".to_owned(),
        _ => format!("{:.decimals$}", sum / count as f64),
    }
}
