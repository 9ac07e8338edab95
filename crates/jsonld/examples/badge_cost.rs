//! What does one badge cost, from parsed JSON to the hash of its canonical text? `cargo run --release --example badge_cost [ROUNDS]`

use std::time::Instant;

use stapel_credential::context::BADGE_EXTENSION;
use stapel_credential::json;
use stapel_jsonld::{Contexts, Limits, WorkLimit, canonicalize, to_dataset};

#[expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "it measures, on a document of the repository")]
fn main() {
    let rounds: u32 = std::env::args().nth(1).map_or(10_000, |text| text.parse().unwrap());
    let text = include_str!("../../../fixtures/badges/full.json").replace("\"BADGE_EXTENSION\"", BADGE_EXTENSION);
    let start = Instant::now();
    let document = json::parse(&text).unwrap();
    let document = document.as_object().unwrap();
    let parsed = start.elapsed();
    let limits = Limits::default();
    let dataset = to_dataset(document, Contexts::embedded(), &limits).unwrap();
    let cold = start.elapsed();
    println!("{} bytes, {} statements; cold: parsed {parsed:?}, dataset {cold:?}", text.len(), dataset.quads().len());
    let time = |name: &str, work: &mut dyn FnMut()| {
        let start = Instant::now();
        for _ in 0..rounds {
            work();
        }
        println!("{name}: {:?}", start.elapsed() / rounds.max(1));
    };
    time("parse", &mut || drop(std::hint::black_box(json::parse(&text).unwrap())));
    time("dataset", &mut || drop(std::hint::black_box(to_dataset(document, Contexts::embedded(), &limits).unwrap())));
    time("canonical text", &mut || {
        drop(std::hint::black_box(canonicalize(&dataset, &WorkLimit::default()).unwrap()));
    });
    time("dataset, canonical text, hash", &mut || {
        let dataset = to_dataset(document, Contexts::embedded(), &limits).unwrap();
        std::hint::black_box(canonicalize(&dataset, &WorkLimit::default()).unwrap().sha256());
    });
}
