//! How does counting grow with what one has? A table, and a picture of it.

use std::fmt::Write as _;

use crate::large_cases::diploma;

/// Credentials; there are half as many parts.
const SIZES: [usize; 7] = [10, 20, 50, 100, 200, 500, 1_000];

pub(crate) fn measure(badge: &str) {
    println!("\ngrowth: a diploma of half as many parts as there are credentials");
    let mut table: Vec<(usize, f64, f64)> = Vec::new();
    for size in SIZES {
        let [p, find, check] = crate::measure(badge, &size.to_string(), &diploma(size), 30);
        table.push((size, find / p, check / p));
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/pictures/growth.svg");
    std::fs::write(file, picture(&table)).expect("the picture is written");
    println!("the picture: {file}");
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 80.0;
const RIGHT: f64 = 610.0;
const TOP: f64 = 60.0;
const BOTTOM: f64 = 350.0;

/// Both axes are logarithmic: 10 to 1,000 credentials, 1 to 100,000 P.
fn picture(table: &[(usize, f64, f64)]) -> String {
    let across = |size: f64| LEFT + (RIGHT - LEFT) * (size.log10() - 1.0) / 2.0;
    let up = |ratio: f64| BOTTOM - (BOTTOM - TOP) * ratio.max(1.0).log10() / 5.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">\n\
         <title>Find and check by the number of credentials, in P</title>\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"28\" font-size=\"16\" font-weight=\"bold\">Find and check by the number of credentials</text>\n"
    );
    let grey = "stroke=\"#ccc\" stroke-width=\"1\"";
    for (power, label) in ["1", "10", "100", "1,000", "10,000", "100,000"].iter().enumerate() {
        let y = up(10_f64.powf(power as f64));
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\" {grey}/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
            LEFT - 8.0,
            y + 4.0
        );
    }
    for size in SIZES {
        let x = across(size as f64);
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{BOTTOM}\" {grey}/><text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{size}</text>",
            BOTTOM + 18.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">credentials held (half as many parts)</text>",
        f64::midpoint(LEFT, RIGHT),
        HEIGHT - 20.0
    );
    let middle = f64::midpoint(TOP, BOTTOM);
    let _ = writeln!(
        svg,
        "<text x=\"22\" y=\"{middle:.0}\" text-anchor=\"middle\" transform=\"rotate(-90 22 {middle:.0})\">time in P (parsing a 3 KB badge)</text>"
    );
    let mut line = |name: &str, colour: &str, dash: &str, of: &dyn Fn(&(usize, f64, f64)) -> f64| {
        let points: Vec<String> =
            table.iter().map(|row| format!("{:.1},{:.1}", across(row.0 as f64), up(of(row)))).collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>",
            points.join(" ")
        );
        for point in &points {
            let (x, y) = point.split_once(',').expect("a point");
            let _ = writeln!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\" fill=\"{colour}\"/>");
        }
        if let Some(last) = table.last() {
            let _ = writeln!(
                svg,
                "<text x=\"{RIGHT}\" y=\"{:.1}\" text-anchor=\"end\" font-weight=\"bold\" fill=\"{colour}\">{name}</text>",
                up(of(last)) - 10.0
            );
        }
    };
    line("find", "#0a4f8a", "", &|row| row.1);
    line("check", "#9a4a00", "6 4", &|row| row.2);
    svg + "</svg>\n"
}
