//! Badges in pictures: does the program read them, put them in, and say kindly what is no picture with a badge?

use std::fs;

use serde_json::{Value, json};
use stapel_bake::{Format, bake, extract};

use crate::holder::{Holder, Ran};
use crate::server::Server;
use crate::world::{SCHOOL, badge};

/// A sound PNG of one grey dot (fixtures/images).
const PNG: &[u8] = include_bytes!("../../../fixtures/images/dot.png");
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle r=\"4\"/></svg>";

/// The same in base64, as a badge holds it.
const PNG_IN_BASE64: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

fn write(holder: &Holder, name: &str, bytes: &[u8]) -> String {
    let path = holder.path(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A holder who keeps one badge, and its text.
fn keeping(image: Option<Value>) -> (Holder, String) {
    let holder = Holder::trusting();
    let mut document = badge(&holder.did);
    if let Some(image) = image {
        document["credentialSubject"]["achievement"]["image"] = image;
    }
    let text = SCHOOL.badge(&document);
    let file = holder.file("badge.json", &text);
    let ran = holder.run(&["receive", &file]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    (holder, text)
}

fn image(address: &str) -> Value {
    json!({ "id": address, "type": "Image" })
}

/// The picture that was written, and the badge in it.
fn written(holder: &Holder, ran: &Ran, name: &str) -> (Vec<u8>, String) {
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(ran.err, format!("The badge is in the picture {name}; whoever gets it can read the whole badge\n"));
    let picture = fs::read(holder.path(name)).unwrap();
    let text = extract(&picture).unwrap().text;
    (picture, text)
}

#[test]
fn a_badge_is_received_and_verified_out_of_a_picture() {
    let school = SCHOOL.did();
    for (name, picture) in [("badge.png", PNG), ("badge.svg", SVG.as_bytes())] {
        let holder = Holder::trusting();
        let text = SCHOOL.badge(&badge(&holder.did));
        let file = write(&holder, name, &bake(picture, &text).unwrap());
        let received = holder.run(&["receive", &file]);
        assert_eq!((received.code, received.err.as_str()), (0, ""), "{}", received.out);
        assert!(received.out.starts_with("“Basiszorg verlenen” is kept.\nAccepted."), "{}", received.out);
        assert_eq!(holder.run(&["show", "1", "--source"]).out, holder.run(&["show", "basiszorg", "--source"]).out);
        let verified = holder.run(&["verify", &file, "--pin", &school]);
        assert_eq!((verified.code, verified.err.as_str()), (0, ""), "{}", verified.out);
        let plain = holder.file("badge.json", &text);
        assert_eq!(verified.out, holder.run(&["verify", &plain, "--pin", &school]).out, "as the badge itself");
        let stdin = holder
            .finish(holder.command().args(["verify", "-", "--pin", &school]).write_stdin(fs::read(&file).unwrap()));
        assert_eq!((stdin.code, stdin.out), (0, verified.out));
        // A badge that was altered inside the picture is refused like any other.
        let altered = bake(picture, &text.replace("240", "250")).unwrap();
        let altered = holder.run(&["verify", &write(&holder, name, &altered), "--pin", &school]);
        assert_eq!(altered.code, 1, "{}", altered.out);
    }
}

#[test]
fn a_picture_at_an_address_is_read_too() {
    let (holder, server) = (Holder::new(), Server::start());
    let baked = bake(SVG.as_bytes(), &SCHOOL.badge(&badge("did:example:someone"))).unwrap();
    server.answers("GET /badge.svg", 200, &String::from_utf8(baked).unwrap());
    let (url, port, school) = (server.url("/badge.svg"), server.port.to_string(), SCHOOL.did());
    let ran = holder.run(&["verify", &url, "--pin", &school, "--dev-loopback", &port]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert_eq!(server.asked(), ["GET /badge.svg"]);
    let offline = holder.run(&["verify", &url, "--pin", &school, "--offline"]);
    assert!(offline.err.contains("--offline was given"), "{}", offline.err);
}

#[test]
fn what_is_wrong_with_a_picture_is_said_kindly() {
    let holder = Holder::trusting();
    let sent = "many programs leave out what is in a picture when they send or save it";
    let without = write(&holder, "without.png", PNG);
    for verb in ["receive", "verify"] {
        holder.run(&[verb, &without]).failed(
            2,
            &format!(
                "stapel: the PNG picture carries no badge\n  → ask for the picture as its issuer gave it, or for the badge as a file (JSON): {sent}\n"
            ),
        );
    }
    holder.run(&["verify", &write(&holder, "without.svg", SVG.as_bytes()), "--lang", "nl"]).failed(
        2,
        "stapel: in het SVG-plaatje zit geen bewijs\n  → vraag om het plaatje zoals de uitgever het gaf, of om het bewijs als bestand (JSON): \
         veel programma's laten weg wat in een plaatje zit als ze het versturen of opslaan\n",
    );
    let older = "<svg xmlns:openbadges=\"http://openbadges.org\"><openbadges:assertion verify=\"a.b.c\"/></svg>";
    let older = write(&holder, "older.svg", older.as_bytes());
    holder.run(&["receive", &older]).failed(
        2,
        "stapel: the SVG picture carries an older badge, of Open Badges 1 or 2, which is not read here\n  → ask its issuer for Open Badges 3.0\n",
    );
    holder.run(&["receive", &older, "--lang", "nl"]).failed(
        2,
        "stapel: in het SVG-plaatje zit een ouder bewijs, van Open Badges 1 of 2; dat wordt hier niet gelezen\n  → vraag de uitgever om Open Badges 3.0\n",
    );
    let cut = write(&holder, "cut.png", &PNG[..40]);
    let ran = holder.run(&["verify", &cut]);
    assert!(
        ran.err.starts_with("stapel: the PNG picture is broken: the file ends inside the chunk at byte 33\n"),
        "{}",
        ran.err
    );
    let page = holder.file("page.html", "<!DOCTYPE html><html><body>Not found</body></html>");
    let ran = holder.run(&["receive", &page]);
    assert!(ran.err.starts_with("stapel: the SVG picture is not read: its root is <html>, not <svg>\n"), "{}", ran.err);
    let bomb = holder.file("bomb.svg", "<!DOCTYPE svg [<!ENTITY a 'lol'>]><svg>&a;</svg>");
    assert_eq!(holder.run(&["verify", &bomb]).code, 2);
}

#[test]
fn a_badge_without_a_picture_goes_into_one_that_is_drawn_for_it() {
    let (holder, text) = keeping(None);
    let shown = holder.run(&["show", "1"]);
    let ran = holder.run(&["show", "1", "--image", "badge.svg"]);
    assert_eq!(ran.out, shown.out, "what is shown stays");
    let (picture, baked) = written(&holder, &ran, "badge.svg");
    assert_eq!(baked, text, "as its issuer signed it");
    let picture = String::from_utf8(picture).unwrap();
    let document = roxmltree::Document::parse(&picture).unwrap();
    let said: Vec<&str> =
        document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    assert_eq!(said, ["Basiszorg verlenen", "ROC Voorbeeld (illustratief)", "30 June 2026"]);
    // It comes back as it went.
    let other = Holder::trusting();
    let verified = other.run(&["verify", holder.path("badge.svg").to_str().unwrap(), "--pin", &SCHOOL.did()]);
    assert_eq!(verified.code, 0, "{}{}", verified.out, verified.err);
    let dutch = holder.run(&["show", "1", "--image", "nl.svg", "--lang", "nl"]);
    assert_eq!(dutch.err, "Het bewijs zit in het plaatje nl.svg; wie het krijgt, kan het hele bewijs lezen\n");
    holder.run(&["show", "1", "--image", "badge.png"]).failed(
        2,
        "stapel: “Basiszorg verlenen” has no PNG picture of its own\n  → give a PNG picture with --picture FILE, or end the name in .svg\n",
    );
    assert!(!holder.path("badge.png").exists());
}

#[test]
fn a_badge_goes_into_its_own_picture() {
    let svg = SVG.replace('<', "%3C").replace('>', "%3E").replace('"', "%22").replace(' ', "%20");
    for (address, name, own) in [
        (format!("data:image/png;base64,{PNG_IN_BASE64}"), "own.png", PNG),
        (format!("data:image/svg+xml,{svg}"), "own.svg", SVG.as_bytes()),
    ] {
        let (holder, text) = keeping(Some(image(&address)));
        let (picture, baked) = written(&holder, &holder.run(&["show", "1", "--image", name]), name);
        assert_eq!((picture, baked), (bake(own, &text).unwrap(), text));
    }
    // One that is not in the badge is not fetched; one that cannot be read is none.
    for address in ["https://roc.example/zorg.png", "data:image/png;base64,***"] {
        let (holder, _) = keeping(Some(image(address)));
        let ran = holder.run(&["show", "1", "--image", "own.png"]);
        assert!(ran.err.contains("has no PNG picture of its own"), "{}", ran.err);
        written(&holder, &holder.run(&["show", "1", "--image", "own.svg"]), "own.svg");
    }
}

#[test]
fn a_badge_goes_into_a_picture_that_is_given() {
    let (holder, text) = keeping(None);
    write(&holder, "mine.png", PNG);
    let ran = holder.run(&["show", "1", "--image", "out.PNG", "--picture", "mine.png"]);
    let (picture, baked) = written(&holder, &ran, "out.PNG");
    assert_eq!((picture, baked), (bake(PNG, &text).unwrap(), text.clone()));
    // The picture of another badge is a picture too: what was in it goes.
    let again = holder.run(&["show", "1", "--image", "out.PNG", "--picture", "out.PNG"]);
    assert!(again.err.starts_with("stapel: out.PNG exists already"), "{}", again.err);
    let again = holder.run(&["show", "1", "--image", "out.PNG", "--picture", "out.PNG", "--force"]);
    assert_eq!(written(&holder, &again, "out.PNG"), (bake(PNG, &text).unwrap(), text));
    for (out, given, said) in [
        (
            "a.svg",
            "mine.png",
            "the picture is PNG, and the file is named as SVG\n  → end its name in .png or .svg, as the picture is\n",
        ),
        (
            "a.jpg",
            "mine.png",
            "a.jpg ends neither in .png nor in .svg\n  → end its name in .png or .svg, as the picture is\n",
        ),
        ("a.png", "badge.json", "it is neither a PNG nor an SVG picture\n  → take a PNG or SVG picture\n"),
    ] {
        holder.run(&["show", "1", "--image", out, "--picture", given]).failed(2, &format!("stapel: {said}"));
        assert!(!holder.path(out).exists());
    }
    assert_eq!(holder.run(&["show", "1", "--picture", "mine.png"]).code, 2, "--picture needs --image");
    assert_eq!(holder.run(&["show", "1", "--force"]).code, 2, "nothing to overwrite");
    assert_eq!(Format::find(PNG), Some(Format::Png));
}
