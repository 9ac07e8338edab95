//! What does a school hold in its hand after `offer`: a link, a code, a QR code that reads, a text to mail; in files, for nobody else?

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use stapel_credential::Timestamp;
use stapel_report::Language;

use crate::school::School;
use crate::wallet::Wallet;

/// What a phone reads from half blocks on a dark terminal: the light modules are drawn.
fn read_qr(block: &str) -> String {
    const SCALE: usize = 4;
    let mut rows: Vec<Vec<bool>> = Vec::new();
    for line in block.lines() {
        let halves = |light: [char; 2]| line.chars().map(|c| !light.contains(&c)).collect::<Vec<_>>();
        rows.push(halves(['█', '▀']));
        rows.push(halves(['█', '▄']));
    }
    let (wide, high) = (rows[0].len(), rows.len());
    let dark = |x: usize, y: usize| if rows[y / SCALE][x / SCALE] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide * SCALE, high * SCALE, dark);
    image.detect_grids()[0].decode().unwrap().1
}

/// One percent-encoded parameter, as in links.
fn parameter(address: &str) -> String {
    url::form_urlencoded::byte_serialize(address.as_bytes()).collect()
}

/// Until when the code of that completion holds, as people read it.
fn until(school: &School, id: &str, language: Language) -> String {
    let listed = school.run_as("registrar", &["--json", "completion", "list"]).json();
    let one = listed.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
    language.minute_of(Timestamp::parse(one["offerExpires"].as_str().unwrap()).unwrap())
}

#[test]
fn an_offer_is_printed_as_link_code_qr_and_mail() {
    let school = School::new();
    let id = school.approved("M1", "s1001");

    // Each offer has a code of its own, which only this text tells.
    let offered = |language: &str, code: &str| {
        let printed = school.run_as("registrar", &["--lang", language, "offer", &id]);
        assert_eq!((printed.code, printed.stderr.as_str()), (0, ""), "{printed:?}");
        let code = printed.stdout.lines().find_map(|line| line.strip_prefix(code)).unwrap().to_owned();
        let address = parameter(&format!("{}/openid/offers/{id}/{code}", school.base()));
        let link = format!("openid-credential-offer://?credential_offer_uri={address}");
        let page = format!("{}/claim?credential_offer_uri={address}", school.base());
        let (before, rest) = printed.stdout.split_at(printed.stdout.find('█').unwrap());
        let (qr, after) = rest.split_at(rest.rfind('█').unwrap() + '█'.len_utf8() + 1);
        assert_eq!(read_qr(qr), link, "the QR code holds the link");
        (code, link, page, format!("{before}(QR)\n{after}"))
    };

    let (code, link, page, text) = offered("en", "Code: ");
    let until_en = until(&school, &id, Language::En);
    assert_eq!(
        text,
        format!(
            "Learner: s1001\nLink: {link}\nCode: {code}\n\n(QR)\n\nText to mail:\n\n\
             Medicatie & veiligheid M1: your badge is ready\n\n\
             Your badge is ready\n\nROC <Voorbeeld> has this ready for you:\n\n  • Medicatie & veiligheid M1\n\n\
             How to claim it:\n\
             1. Open your wallet. If you have none yet, make one first: stapel init\n\
             2. Give your wallet this link, or scan the QR code:\n\n   {page}\n\n   With Stapel: stapel receive '{page}'\n\n\
             The link works once, until {until_en}.\n\
             Do not pass the link on: whoever uses it gets the badge in their own name.\n\
             If it does not work or the time is over, ask ROC <Voorbeeld> for a new link.\n\n"
        ),
    );

    let (code, link, page, text) = offered("nl", "Code: ");
    let until_nl = until(&school, &id, Language::Nl);
    assert_eq!(
        text,
        format!(
            "Lerende: s1001\nLink: {link}\nCode: {code}\n\n(QR)\n\nTekst om te mailen:\n\n\
             Medicatie & veiligheid M1: uw bewijs is klaar\n\n\
             Uw bewijs is klaar\n\nROC <Voorbeeld> heeft dit voor u klaargezet:\n\n  • Medicatie & veiligheid M1\n\n\
             Zo haalt u het op:\n\
             1. Open uw wallet. Hebt u er nog geen? Maak die eerst: stapel init\n\
             2. Geef uw wallet deze link, of scan de QR-code:\n\n   {page}\n\n   Met Stapel: stapel receive '{page}'\n\n\
             De link werkt één keer, tot {until_nl}.\n\
             Geef de link niet aan een ander: wie hem gebruikt, krijgt het bewijs op eigen naam.\n\
             Lukt het niet, of is de tijd voorbij? Vraag ROC <Voorbeeld> om een nieuwe link.\n\n"
        ),
    );

    // What the QR code holds is what a wallet takes.
    let serving = school.serve();
    assert_eq!(Wallet::new().claim(&link).unwrap().len(), 1);
    drop(serving);
    let none = school.run_as("registrar", &["offer", "--all"]);
    assert_eq!((none.code, none.stdout.as_str()), (0, "there is nothing to offer\n"));
}

#[test]
fn offers_are_written_for_their_owner_alone() {
    let school = School::new();
    let ids = [school.approved("M1", "s1001"), school.approved("M2", "s1002")];
    let out = school.path("offers");
    let written = school.run_as("registrar", &["offer", "--all", "--out", out.to_str().unwrap()]);
    assert_eq!((written.code, written.stderr.as_str()), (0, ""), "{written:?}");

    let mut files: Vec<String> =
        fs::read_dir(&out).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files.len(), 4, "{files:?}");
    let mut lines = Vec::new();
    for (id, learner) in ids.iter().zip(["s1001", "s1002"]) {
        let of_it: Vec<&String> = files.iter().filter(|name| name.starts_with(id.as_str())).collect();
        let [svg, mail] = of_it.as_slice() else { panic!("{files:?}") };
        let text = fs::read_to_string(out.join(mail)).unwrap();
        // The name ends with the beginning of the code, so that a second offer has its own files.
        let code = &text[text.find("%2Fopenid%2Foffers%2F").unwrap()..];
        let code: String = code.split("%2F").nth(4).unwrap().chars().take(8).collect();
        assert_eq!((mail.as_str(), svg.as_str()), (&*format!("{id}-{code}.txt"), &*format!("{id}-{code}.svg")));
        assert!(text.starts_with("Medicatie & veiligheid M") && text.contains("your badge is ready\n\n"), "{text}");
        let svg = fs::read_to_string(out.join(svg)).unwrap();
        assert!(
            roxmltree::Document::parse(&svg)
                .unwrap()
                .root_element()
                .has_tag_name(("http://www.w3.org/2000/svg", "svg"))
        );
        lines.push(format!("{learner}  {}\n", out.join(mail).display()));
    }
    assert_eq!(written.stdout, lines.concat());
    for file in files {
        let mode = fs::metadata(out.join(&file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}: the code is a secret of the learner");
    }
    let mode = fs::metadata(&out).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "nobody else lists whose offers there are");
}
