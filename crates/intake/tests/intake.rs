//! What is found in files as people hand them in, and in files that were made to harm.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

use std::io::Write as _;

use fast_qr::QRBuilder;
use stapel_intake::{Content, IntakeError, MAX_ARCHIVE_FILES, open};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const BADGE: &str = r#"{"type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Zorg, één module"}"#;
const LINK: &str = "https://school.example/badges/0198c0de";

fn document(bytes: &[u8]) -> String {
    match only(bytes) {
        Ok(Content::Document(text)) => text,
        other => panic!("no document: {other:?}"),
    }
}

fn only(bytes: &[u8]) -> Result<Content, IntakeError> {
    let mut items = open(bytes);
    assert_eq!(items.len(), 1, "{items:?}");
    items.remove(0).content
}

fn sentence(bytes: &[u8]) -> String {
    only(bytes).expect_err("nothing to verify").to_string()
}

/// Pixels in shades of grey.
struct Picture {
    wide: usize,
    high: usize,
    shades: Vec<u8>,
}

impl Picture {
    fn of(wide: usize, high: usize, shade: impl Fn(usize, usize) -> u8) -> Self {
        let shades = (0..high).flat_map(|y| (0..wide).map(move |x| (x, y))).map(|(x, y)| shade(x, y)).collect();
        Self { wide, high, shades }
    }

    /// A code with its margin, a module so many pixels wide, in the middle of a grey desk.
    fn code(text: &str, module: usize, wide: usize, high: usize) -> Self {
        let code = QRBuilder::new(text).build().unwrap();
        let side = code.size * module;
        let (left, top) = ((wide - side) / 2, (high - side) / 2);
        let margin = 4 * module;
        Self::of(wide, high, |x, y| {
            let at = |place: usize, begin: usize| {
                place.checked_sub(begin).map(|from| from / module).filter(|at| *at < code.size)
            };
            match (at(x, left), at(y, top)) {
                (Some(column), Some(row)) if code[row][column].value() => 30,
                _ if x + margin >= left && x < left + side + margin && y + margin >= top && y < top + side + margin => {
                    230
                }
                _ => 140 + u8::try_from((x * 7 + y * 13) % 40).unwrap(),
            }
        })
    }

    fn png(&self) -> Vec<u8> {
        self.encoded(png::ColorType::Grayscale, |shade| vec![shade])
    }

    fn encoded(&self, colour: png::ColorType, pixel: impl Fn(u8) -> Vec<u8>) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder =
            png::Encoder::new(&mut out, u32::try_from(self.wide).unwrap(), u32::try_from(self.high).unwrap());
        encoder.set_color(colour);
        encoder.set_compression(png::Compression::Fast);
        let mut writer = encoder.write_header().unwrap();
        let data: Vec<u8> = self.shades.iter().flat_map(|shade| pixel(*shade)).collect();
        writer.write_image_data(&data).unwrap();
        drop(writer);
        out
    }
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn pdf(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("%PDF-1.7\n7 0 obj\n{dictionary}\nstream\n");
    [head.as_bytes(), data, b"\nendstream\nendobj\n%%EOF\n"].concat()
}

#[test]
fn a_text_is_a_document_and_an_address_is_a_link() {
    assert_eq!(document(BADGE.as_bytes()), BADGE);
    assert_eq!(document(format!("\u{feff}\n {BADGE}\r\n").as_bytes()), BADGE);
    assert_eq!(document(b"eyJhbGciOiJFZERTQSJ9.e30.c2ln"), "eyJhbGciOiJFZERTQSJ9.e30.c2ln");
    assert_eq!(only(format!(" {LINK}\n").as_bytes()).unwrap(), Content::Link(LINK.to_owned()));
    assert_eq!(document(format!("{LINK} and more").as_bytes()), format!("{LINK} and more"));
    assert!(sentence(b" \n").contains("empty"));
    assert!(sentence(b"\xff\x00nothing we know").contains("neither text nor"));
}

#[test]
fn kinds_that_are_not_read_are_named() {
    for (bytes, name) in [
        (b"RIFF\0\0\0\0WEBPVP8 ".as_slice(), "WebP"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"GIF89a", "GIF"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"\x1f\x8b\x08", "gzip"),
    ] {
        assert!(sentence(bytes).contains(name), "{name}");
    }
    let office = archive(&[("[Content_Types].xml", b"<Types/>".as_slice()), ("word/document.xml", b"<w/>")]);
    assert_eq!(
        sentence(&office),
        "it is a file of the kind Office, which is not read here: PNG, SVG, JPEG, PDF, ZIP and text are"
    );
}

#[test]
fn a_baked_picture_gives_its_badge() {
    let png = Picture::of(40, 40, |_, _| 200).png();
    assert_eq!(document(&stapel_bake::bake(&png, BADGE).unwrap()), BADGE);
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>"#;
    assert_eq!(document(&stapel_bake::bake(svg, BADGE).unwrap()), BADGE);
    assert!(sentence(svg).contains("no badge"));
}

#[test]
fn a_code_is_read_from_a_screenshot_and_from_a_large_photo() {
    for picture in
        [Picture::code(LINK, 4, 400, 300), Picture::code(LINK, 12, 4_000, 3_000), Picture::code(LINK, 9, 3_000, 4_001)]
    {
        assert_eq!(only(&picture.png()).unwrap(), Content::Link(LINK.to_owned()), "{} wide", picture.wide);
    }
    let badge = Picture::code(BADGE, 5, 700, 700);
    assert_eq!(document(&badge.png()), BADGE);
}

#[test]
fn a_code_is_read_in_colour_and_on_clear_ground() {
    let picture = Picture::code(LINK, 6, 600, 400);
    let coloured = picture.encoded(png::ColorType::Rgb, |shade| vec![shade, shade / 2, shade]);
    let clear = picture.encoded(png::ColorType::Rgba, |shade| vec![0, 0, 0, if shade < 100 { 255 } else { 0 }]);
    for bytes in [coloured, clear] {
        assert_eq!(only(&bytes).unwrap(), Content::Link(LINK.to_owned()));
    }
}

#[test]
fn a_jpeg_of_a_code_is_read() {
    let jpeg = include_bytes!("data/code.jpg");
    assert_eq!(only(jpeg).unwrap(), Content::Link(LINK.to_owned()));
    let progressive = include_bytes!("data/code-progressive.jpg");
    assert_eq!(only(progressive).unwrap(), Content::Link(LINK.to_owned()));
}

#[test]
fn a_code_that_stops_its_reader_stops_nothing_else() {
    let told = sentence(include_bytes!("data/code-that-stops-its-reader.jpg"));
    assert!(told.contains("its decoder stopped"), "{told}");
}

#[test]
fn a_picture_without_a_code_says_so() {
    assert!(sentence(&Picture::of(300, 200, |x, y| u8::try_from((x + y) % 256).unwrap()).png()).contains("no QR code"));
    assert!(sentence(&Picture::of(1, 1, |_, _| 0).png()).contains("no QR code"));
    assert!(sentence(b"\xff\xd8\xff\xe0").contains("cannot be read"));
}

#[test]
fn pixels_are_counted_before_they_are_made() {
    // A header that claims 60,000 by 60,000 pixels, in a file of a few hundred bytes.
    let mut png = Picture::of(8, 8, |_, _| 0).png();
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert!(sentence(&png).contains("3600000000 pixels"), "{}", sentence(&png));
    let mut jpeg = include_bytes!("data/code.jpg").to_vec();
    let frame = jpeg.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(sentence(&jpeg).contains("pixels"), "{}", sentence(&jpeg));
}

/// CRC-32 (ISO 3309), as PNG §5.5 asks.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    };
    !bytes.iter().fold(!0, step)
}

/// Corners of codes side by side, each a module so many pixels wide.
fn corners(columns: usize, rows: usize, module: usize) -> Vec<u8> {
    let cell = 8 * module;
    Picture::of(columns * cell, rows * cell, |x, y| {
        let (x, y) = (x % cell / module, y % cell / module);
        let ring = x < 7 && y < 7 && (x == 0 || x == 6 || y == 0 || y == 6);
        let stone = (2..5).contains(&x) && (2..5).contains(&y);
        if ring || stone { 0 } else { 255 }
    })
    .png()
}

#[test]
fn a_sheet_full_of_corners_keeps_nobody_busy() {
    assert!(sentence(&corners(100, 80, 2)).contains("no QR code"));
    assert!(sentence(&corners(8, 7, 20)).contains("no QR code"));
    // Without the count the first takes hours, which no run of the tests survives.
}

#[test]
fn an_archive_gives_each_of_its_files_and_a_broken_one_stops_none() {
    let png = stapel_bake::bake(&Picture::of(9, 9, |_, _| 0).png(), BADGE).unwrap();
    let bytes = archive(&[
        ("map/een.json", BADGE.as_bytes()),
        ("map/", b""),
        ("__MACOSX/map/._een.json", b"clutter"),
        ("map/.DS_Store", b"clutter"),
        ("twee.png", &png),
        ("drie.bin", b"\xff\xfe\xfd"),
        ("vier.txt", LINK.as_bytes()),
        ("vijf.zip", &archive(&[("inner.json", BADGE.as_bytes())])),
    ]);
    let told: Vec<(String, String)> = open(&bytes)
        .into_iter()
        .map(|item| {
            let content = match item.content {
                Ok(Content::Document(text)) => text,
                Ok(Content::Link(link)) => link,
                Err(error) => error.to_string(),
            };
            (item.name.unwrap(), content)
        })
        .collect();
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["map/een.json", "twee.png", "drie.bin", "vier.txt", "vijf.zip"]);
    assert_eq!((told[0].1.as_str(), told[1].1.as_str(), told[3].1.as_str()), (BADGE, BADGE, LINK));
    assert!(told[2].1.contains("neither text nor") && told[4].1.contains("not opened within another"), "{told:?}");
    assert!(sentence(&archive(&[])).contains("empty"));
    assert!(sentence(&bytes[..bytes.len() - 30]).contains("cannot be read"));
}

#[test]
fn names_in_an_archive_cannot_mislead() {
    let items = open(&archive(&[("diploma\u{202e}nosj.exe\u{7}", BADGE.as_bytes())]));
    assert_eq!(items[0].name.as_deref(), Some("diploma�nosj.exe�"));
    let long = "a".repeat(4_000);
    let items = open(&archive(&[(&long, BADGE.as_bytes())]));
    assert_eq!(items[0].name.as_ref().map(String::len), Some(120));
}

#[test]
fn a_bomb_in_an_archive_ends_where_the_limit_is() {
    let zeros = vec![b' '; 40 * 1024 * 1024];
    let bomb = archive(&[("een.json", BADGE.as_bytes()), ("bomb", &zeros), ("twee.json", BADGE.as_bytes())]);
    assert!(bomb.len() < 100_000);
    let items = open(&bomb);
    assert_eq!(items.len(), 2);
    assert!(items[0].content.is_ok());
    assert!(matches!(items[1].content, Err(IntakeError::ArchiveTooLarge)));
    let many: Vec<String> = (0..=MAX_ARCHIVE_FILES).map(|at| format!("{at}.json")).collect();
    let files: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), b"{}".as_slice())).collect();
    assert!(sentence(&archive(&files)).contains("more than 1000 files"));
    assert_eq!(open(&archive(&files[1..])).len(), MAX_ARCHIVE_FILES);
}

#[test]
fn the_badge_that_is_attached_to_a_pdf_is_found() {
    let plain =
        pdf(&format!("<</Type /EmbeddedFile /Subtype /application#2Fjson /Length {}>>", BADGE.len()), BADGE.as_bytes());
    assert_eq!(document(&plain), BADGE);
    // As other programs write it again: compressed, the length in an object of its own.
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(BADGE.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    for dictionary in [
        format!("<</Filter/FlateDecode/Length {}/Type/EmbeddedFile>>", packed.len()),
        "<< /Length 9 0 R /Filter [ /FlateDecode ] /Type /EmbeddedFile >>".to_owned(),
    ] {
        assert_eq!(document(&pdf(&dictionary, &packed)), BADGE, "{dictionary}");
    }
}

#[test]
fn an_attached_file_is_named_where_its_specification_stands_before_it() {
    let stream =
        format!("7 0 obj\n<</Type/EmbeddedFile/Length {}>>\nstream\n{BADGE}\nendstream\nendobj\n", BADGE.len());
    let named = |specification: &str| {
        let bytes = format!("%PDF-1.7\n6 0 obj\n{specification}\nendobj\n\n{stream}");
        open(bytes.as_bytes()).pop().unwrap().name
    };
    let to = "EF<</F 7 0 R/UF 7 0 R>>>>";
    assert_eq!(named(&format!("<</Type/Filespec/F(01 Sanne.json)/UF(x)/{to}")).as_deref(), Some("01 Sanne.json"));
    for (why, other) in [
        ("of another file", "<</Type/Filespec/F(a.json)/EF<</F 17 0 R>>>>".to_owned()),
        ("no name", format!("<</Type/Filespec/{to}")),
        ("letters that may be read differently", format!("<</Type/Filespec/F(a\\)b.json)/{to}")),
        ("written as numbers", format!("<</Type/Filespec/F<61>/{to}")),
        ("too long", format!("<</Type/Filespec/F({})/{to}", "a".repeat(121))),
        ("nothing at all", String::new()),
    ] {
        assert_eq!(named(&other), None, "{why}");
    }
}

#[test]
fn a_pdf_without_a_badge_says_what_it_lacks() {
    assert!(sentence(b"%PDF-1.4\n1 0 obj <</Names <</EmbeddedFiles 2 0 R>>>> endobj").contains("no badge is attached"));
    assert!(sentence(b"%PDF-1.4\ntrailer <</Encrypt 3 0 R>>").contains("locked"));
    // An invoice (Factur-X) is no badge.
    assert!(sentence(&pdf("<</Type /EmbeddedFile /Length 6>>", b"<a></a>")).contains("no badge is attached"));
    for (dictionary, data, why) in [
        ("<</Type /EmbeddedFile /Length 600>>", b"{}".as_slice(), "ends too early"),
        ("<</Type /EmbeddedFile /Length 2 /Filter /LZWDecode>>", b"{}", "compressed in a way"),
        ("<</Type /EmbeddedFile /Length 2 /Filter [/ASCIIHexDecode /FlateDecode]>>", b"{}", "compressed in a way"),
        ("<</Type /EmbeddedFile /Length 2 /Filter /FlateDecode>>", b"{}", "damaged"),
    ] {
        let told = sentence(&pdf(dictionary, data));
        assert!(told.contains(why), "{dictionary}: {told}");
    }
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&vec![b' '; 2 * 1024 * 1024]).unwrap();
    let bomb = encoder.finish().unwrap();
    let told = sentence(&pdf(&format!("<</Type /EmbeddedFile /Filter /FlateDecode /Length {}>>", bomb.len()), &bomb));
    assert!(told.contains("larger than any badge"), "{told}");
}

proptest::proptest! {
    #[test]
    fn bent_files_are_refused_and_stop_nothing(
        at in proptest::collection::vec((0usize..5_000, proptest::num::u8::ANY), 1..8),
        which in 0usize..4,
    ) {
        let mut bytes = match which {
            0 => include_bytes!("data/code.jpg").to_vec(),
            1 => Picture::code(LINK, 4, 300, 300).png(),
            2 => archive(&[("een.json", BADGE.as_bytes()), ("twee.json", BADGE.as_bytes())]),
            _ => pdf("<</Type /EmbeddedFile /Length 20 /Filter /FlateDecode>>", BADGE.as_bytes()),
        };
        for (place, byte) in at {
            let length = bytes.len();
            bytes[place % length] = byte;
        }
        proptest::prop_assert!(!open(&bytes).is_empty());
    }
}
