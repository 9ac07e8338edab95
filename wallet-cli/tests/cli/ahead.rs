//! What lies ahead: the shortest ways on with who offers them, what if, the nearest awards, where something helps.

use std::fs;

use serde_json::{Value, json};
use stapel_credential::ProgrammeSubject;

use crate::holder::Holder;
use crate::server::Server;
use crate::world::{Party, SCHOOL, STRANGER, badge, programme, second_badge, trust_list};

const UNSIGNED: &str = "Nobody signed a catalogue: it is advice about who offers what, and nothing counts by it.\n";
const NOT_AWARDED: &str = "Complete says that everything asked is shown; only an institution awards.\n";

/// The school's catalogue, in the shape in which an institution publishes it.
fn catalogue(modules: &[(&str, &str)]) -> String {
    let module = |(id, name): &(&str, &str)| {
        json!({
            "code": id.to_uppercase(), "version": 1, "statusPurpose": "revocation", "added": "2026-11-01T00:00:00Z",
            "achievement": {
                "id": format!("https://roc.example/achievements/{id}"), "type": ["Achievement"], "name": name,
                "humanCode": id.to_uppercase(), "description": "Een module.", "criteria": { "narrative": "Een proeve." },
            },
        })
    };
    let achievements: Vec<Value> = modules.iter().map(module).collect();
    let institution = json!({ "id": SCHOOL.did(), "type": ["Profile"], "name": "ROC Voorbeeld" });
    json!({ "institution": institution, "achievements": achievements, "programmes": [] }).to_string()
}

/// A programme of one part, which a module shows, perhaps narrowed.
fn small_programme(by: Party, name: &str, module: &str, narrowed: &Value) -> String {
    let mut document: Value = serde_json::from_str(&programme()).unwrap();
    document.as_object_mut().unwrap().remove("proof");
    let id = format!("https://roc.example/programmes/{}", name.to_lowercase());
    document["id"] = json!(format!("{id}/2026"));
    document["issuer"]["id"] = json!(by.did());
    document["credentialSubject"]["id"] = json!(id);
    let rules = &mut document["credentialSubject"]["programme"];
    rules["id"] = json!(id);
    rules["name"] = json!({ "nl": name });
    rules["illustrative"] = json!({ "nl": "Bedacht." });
    rules["awards"][0]["requirement"] = json!({ "all": [{ "part": "p1" }] });
    let mut wanted = narrowed.clone();
    wanted["achievement"] = json!([format!("https://roc.example/achievements/{module}")]);
    rules["parts"] =
        json!([{ "id": "p1", "name": { "nl": "Onderdeel" }, "credits": 240, "ways": [{ "all": [wanted] }] }]);
    by.sign::<ProgrammeSubject>(&document)
}

/// A holder with two badges and a programme that one of them counts in.
fn ready() -> Holder {
    let holder = Holder::trusting();
    for (name, text) in [
        ("badge.json", SCHOOL.badge(&badge(&holder.did))),
        ("second.json", SCHOOL.badge(&second_badge(&holder.did))),
        ("programme.json", programme()),
    ] {
        let file = holder.file(name, &text);
        let ran = holder.run(&["receive", &file]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    }
    holder
}

/// With the school's catalogue.
fn ready_with_catalogue() -> Holder {
    let holder = ready();
    let modules = [("zorg-1", "Basiszorg"), ("zorg-2", "Begeleiden"), ("haak-1", "Haken")];
    let file = holder.file("catalogue.json", &catalogue(&modules));
    assert_eq!(holder.run(&["catalogue", "add", &file]).code, 0);
    holder
}

/// A folder with programmes of the school, of a stranger, and what is no programme.
fn with_folder(holder: &Holder) {
    let folder = holder.path("programmes");
    fs::create_dir(&folder).unwrap();
    let any = json!({});
    let strict = small_programme(SCHOOL, "Streng", "tuin-1", &json!({ "minimumLevel": "NLQF 4" }));
    let several = format!("[{}, {strict}]", small_programme(SCHOOL, "Groen", "tuin-1", &any));
    for (name, text) in [
        ("a.json", several),
        ("b.json", small_programme(STRANGER, "Vreemd", "tuin-1", &any)),
        ("c.json", SCHOOL.badge(&badge(&holder.did))),
        // The same programme once more counts once.
        ("d.json", programme()),
        ("notes.txt", "not looked at".to_owned()),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn a_catalogue_is_fetched_listed_replaced_and_removed() {
    let (holder, server) = (Holder::with_wallet(), Server::start());
    let (url, port) = (server.url("/catalogue"), server.port.to_string());
    let loopback = ["--dev-loopback", port.as_str()];
    holder.run(&["catalogue", "list"]).gave(0, "No catalogues yet. Begin with: stapel catalogue add URL\n");
    server.answers("GET /catalogue", 200, &catalogue(&[("zorg-2", "Begeleiden")]));
    let add = |more: &[&str]| holder.run(&[&["catalogue", "add", &url], &loopback[..], more].concat());
    let ran = add(&[]);
    assert_eq!((ran.code, ran.out), (0, format!("The catalogue of ROC Voorbeeld is kept: 1 module.\n{UNSIGNED}")));
    server.answers("GET /catalogue", 200, &catalogue(&[("zorg-2", "Begeleiden"), ("haak-1", "Haken")]));
    let ran = add(&["--lang", "nl"]);
    assert_eq!(
        ran.out,
        "Het aanbod van ROC Voorbeeld is bewaard, in plaats van de vorige: 2 modulen.\n\
         Niemand heeft dit aanbod ondertekend: het is advies over wie wat geeft, en niets telt erdoor mee.\n"
    );
    let listed = holder.run(&["catalogue", "list", "--offline"]);
    listed.gave(0, &format!("1  ROC Voorbeeld  2 modules  {url}  22 November 2026\n\n{UNSIGNED}"));
    let listed = holder.run(&["catalogue", "list", "--modules"]);
    assert!(listed.out.contains("\n  ZORG-2  Begeleiden  https://roc.example/achievements/zorg-2\n"), "{}", listed.out);
    let json = holder.run(&["catalogue", "list", "--modules", "--json"]).json();
    assert_eq!((&json["signed"], &json["catalogues"][0]["modules"][1]["name"]), (&json!(false), &json!("Haken")));
    holder.run(&["catalogue", "add", &url, "--offline"]).failed(
        2,
        &format!("stapel: {url} would have to be asked, and --offline was given\n  → try again without --offline\n"),
    );
    server.answers("GET /catalogue", 200, "<html>");
    let ran = add(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("stapel: the catalogue cannot be read: "), "{}", ran.err);
    assert!(ran.err.ends_with("its catalogue, which often ends in /catalogue\n"), "{}", ran.err);
    assert!(holder.run(&["catalogue", "list"]).out.contains("2 modules"), "the old one stays");
    holder.run(&["catalogue", "remove", "1"]).gave(0, "The catalogue of ROC Voorbeeld is no longer kept.\n");
    let none = holder.run(&["catalogue", "remove", "1", "--lang", "nl"]);
    assert_eq!((none.code, none.err.lines().next()), (2, Some("stapel: het aanbod \"1\" is niet in deze wallet")));
}

#[test]
fn progress_tells_the_shortest_ways_on_and_who_offers_them() {
    let holder = ready();
    let alone = holder.run(&["progress", "zorg"]);
    let tail = "\nThe shortest ways on\n  One step more, 240 SBU in all:\n    – Begeleiden (240 SBU)\n\
                Who offers what? Keep a catalogue with: stapel catalogue add URL\n";
    assert!(alone.out.ends_with(tail), "{}", alone.out);
    let holder = ready_with_catalogue();
    let told = holder.run(&["progress", "zorg"]);
    let tail = "\nThe shortest ways on\n  One step more, 240 SBU in all:\n    \
                – Begeleiden (240 SBU); offered as: “Begeleiden”, ROC Voorbeeld\n\
                Who offers what stands in catalogues, which nobody signed: ask the institution before you choose.\n";
    assert!(told.out.ends_with(tail), "{}", told.out);
    let dutch = holder.run(&["progress", "zorg", "--lang", "nl"]);
    let tail = "\nDe kortste wegen verder\n  Nog één stap, samen 240 SBU:\n    \
                – Begeleiden (240 SBU); te volgen als: “Begeleiden”, ROC Voorbeeld\n\
                Wie wat geeft, staat in een aanbod dat niemand heeft ondertekend: vraag het na voordat u kiest.\n";
    assert!(dutch.out.ends_with(tail), "{}", dutch.out);
    for number in 1..=6 {
        let text = catalogue(&[("zorg-2", "Begeleiden")]).replace("ROC Voorbeeld", &format!("ROC {number}"));
        let file = holder.file(&format!("{number}.json"), &text);
        assert_eq!(holder.run(&["catalogue", "add", &file]).code, 0);
    }
    let many = holder.run(&["progress", "zorg"]);
    let named =
        "offered as: “Begeleiden”, ROC 1; “Begeleiden”, ROC 2; “Begeleiden”, ROC 3; “Begeleiden”, ROC 4; and 3 more\n";
    assert!(many.out.contains(named), "{}", many.out);
    let json = holder.run(&["progress", "zorg", "--json"]).json();
    let part = &json["waysOn"][0]["steps"][0]["part"];
    assert_eq!((&part["id"], &part["offeredBy"][0]["title"]), (&json!("zorg-2"), &json!("Begeleiden")));
}

#[test]
fn what_if_shows_before_and_after_and_that_nothing_of_it_is_shown() {
    let holder = ready_with_catalogue();
    holder.run(&["progress", "zorg", "--what-if", "ZORG-2", "haken"]).gave(
        0,
        "What if you finished this? Nothing of it is shown today.\n  \
         • “Begeleiden”, ROC Voorbeeld\n  \
         • “Haken”, ROC Voorbeeld\n\
         \n\
         Zorg (illustratief) (2026), Diploma\n  \
         credits       240 → 480 SBU\n  \
         requirements  1 → 2 of 2\n  \
         complete      no → yes\n\
         \n\
         This would be shown\n  \
         • Begeleiden (zorg-2)\n",
    );
    holder.run(&["progress", "zorg", "--what-if", "haken", "--lang", "nl"]).gave(
        0,
        "Wat als u dit afrondt? Niets ervan is vandaag getoond.\n  \
         • “Haken”, ROC Voorbeeld\n\
         \n\
         Zorg (illustratief) (2026), Diploma\n  \
         punten    240 → 240 SBU\n  \
         eisen     1 → 1 van 2\n  \
         compleet  nee → nee\n\
         \n\
         Hier verandert er niets door.\n",
    );
    let json = holder.run(&["progress", "zorg", "--what-if", "begeleiden", "--json"]).json();
    assert_eq!(
        (&json["whatIf"]["before"]["complete"], &json["whatIf"]["after"]["complete"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(json["whatIf"]["shown"], json!(["zorg-2"]));
    assert_eq!(json["progress"]["complete"], false, "the progress is today's");
    holder.run(&["progress", "zorg", "--what-if", "lassen"]).failed(
        2,
        "stapel: there is no module \"lassen\" in this wallet\n  \
         → see what is there with: stapel catalogue list --modules; keep one with: stapel catalogue add URL\n",
    );
    holder.run(&["progress", "zorg", "--what-if", "e", "--lang", "nl"]).failed(
        2,
        "stapel: \"e\" kan elk van deze zijn: “Begeleiden” (ROC Voorbeeld): https://roc.example/achievements/zorg-2, \
         “Haken” (ROC Voorbeeld): https://roc.example/achievements/haak-1; geef het id\n",
    );
}

#[test]
fn the_nearest_awards_are_told_over_kept_and_given_programmes() {
    let holder = ready();
    with_folder(&holder);
    holder.run(&["nearest", "programmes"]).gave(
        0,
        &format!(
            "  1. Groen (2026), Diploma: 240 of 240 SBU, 1 of 1 requirements, complete [illustrative]\n  \
             2. Zorg (illustratief) (2026), Diploma: 240 of 480 SBU, 1 of 2 requirements\n  \
             3. Streng (2026), Diploma: 0 of 240 SBU, 0 of 1 requirements [illustrative]\n\
             \n\
             {NOT_AWARDED}\n\
             Passed over: 2; see which, and why, with --all\n"
        ),
    );
    let all = holder.run(&["nearest", "programmes", "--limit", "1", "--all", "--lang", "nl"]);
    assert_eq!(all.code, 0, "{}", all.err);
    assert!(
        all.out.starts_with(
            "  1. Groen (2026), Diploma: 240 van 240 SBU, 1 van de 1 eisen, compleet [illustratief]\n\nNog 2 meer; noem er meer met --limit.\n"
        ),
        "{}",
        all.out
    );
    let (_, passed) = all.out.split_once("\n\nOvergeslagen: 2:\n").unwrap();
    let lines: Vec<&str> = passed.lines().collect();
    assert!(lines[0].starts_with("  – programmes/c.json: het document is niet te lezen: "), "{passed}");
    assert!(lines[1].starts_with("  – Vreemd (2026): Niet te beslissen. "), "{passed}");
    let json = holder.run(&["nearest", "programmes", "--limit", "1", "--json"]).json();
    assert_eq!((&json["awards"], json["nearest"].as_array().unwrap().len()), (&json!(3), 1));
    assert_eq!((&json["nearest"][0]["unit"], &json["nearest"][0]["complete"]), (&json!("SBU"), &json!(true)));
    assert_eq!(json["passedOver"].as_array().unwrap().len(), 2);
    let kept = holder.run(&["nearest"]);
    assert!(kept.out.starts_with("  1. Zorg (illustratief) (2026), Diploma: 240 of 480 SBU"), "{}", kept.out);
    holder
        .run(&["nearest", "nowhere.json"])
        .failed(2, "stapel: nowhere.json cannot be read: No such file or directory (os error 2)\n");
    Holder::with_wallet().run(&["nearest"]).gave(0, "No programmes yet. Begin with: stapel programme add FILE|URL\n");
}

#[test]
fn a_programme_of_a_body_that_may_not_state_its_rules_is_passed_over() {
    let holder = Holder::with_wallet();
    let list = holder.file("list.json", &trust_list(&["crebo:99001"]));
    let anchor = crate::world::ANCHOR.did();
    assert_eq!(holder.run(&["trust", "add", &list, "--anchor", &anchor, "--yes"]).code, 0);
    let file = holder.file("programme.json", &programme());
    let ran = holder.run(&["nearest", &file, "--all"]);
    ran.gave(
        0,
        "None of these programmes can be counted toward.\n\nPassed over: 1:\n  – Zorg (illustratief) (2026): Refused. \
         According to the trust list Register Voorbeeld, ROC Voorbeeld was not allowed to certify programme 25655 (crebo) on 1 January 2026.\n",
    );
}

#[test]
fn a_badge_says_where_it_counts_where_it_could_fit_and_where_not() {
    let holder = ready();
    with_folder(&holder);
    let ran = holder.run(&["helps", "2", "programmes", "--all"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with(
            "“Tuinieren” counts toward 1 award:\n  \
             • Groen (2026), Diploma [illustrative]: “Onderdeel” (240 SBU)\n\
             \n\
             It could fit here, and is not used:\n  \
             • Streng (2026), Diploma [illustrative]: It states no level, and NLQF 4 is asked.\n\
             \n\
             It does nothing for 1 award:\n  \
             • Zorg (illustratief) (2026), Diploma\n\
             \n\
             Passed over: 2:\n"
        ),
        "{}",
        ran.out
    );
    holder.run(&["helps", "1", "--lang", "nl"]).gave(
        0,
        "“Basiszorg verlenen” telt op 1 plek mee:\n  • Zorg (illustratief) (2026), Diploma: “Basiszorg” (240 SBU)\n",
    );
    let json = holder.run(&["helps", "2", "programmes", "--json"]).json();
    let order: Vec<&Value> = json["helps"].as_array().unwrap().iter().map(|each| &each["goal"]["name"]["nl"]).collect();
    assert_eq!(order, ["Groen", "Streng", "Zorg (illustratief)"]);
    assert_eq!(json["helps"][0]["how"]["fills"][0]["id"], "p1");
    assert_eq!(json["helps"][1]["how"]["not-used"]["reason"], "no-level");
    assert_eq!(json["helps"][2]["how"], "fits-nothing");
    assert_eq!(holder.run(&["trust", "remove", &SCHOOL.did()]).code, 0);
    let ran = holder.run(&["helps", "2"]);
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(
        ran.out.starts_with("“Tuinieren” is kept, but not accepted today, so it counts nowhere now: "),
        "{}",
        ran.out
    );
}

#[test]
fn a_module_says_which_awards_it_would_bring_nearer() {
    let holder = ready_with_catalogue();
    with_folder(&holder);
    let ran = holder.run(&["helps", "begeleiden", "programmes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.starts_with(
            "If you finished “Begeleiden” of ROC Voorbeeld, you would be nearer to 1 award. Nothing of it is shown today.\n  \
             • Zorg (illustratief) (2026), Diploma: 240 SBU more, shows Begeleiden (zorg-2), 1 requirement more, then complete\n\
             \n\
             It does nothing for 2 awards; see which with --all\n"
        ),
        "{}",
        ran.out
    );
    let dutch = holder.run(&["helps", "ZORG-2", "--lang", "nl"]);
    dutch.gave(
        0,
        "Met “Begeleiden” van ROC Voorbeeld komt u op 1 plek dichterbij. Niets daarvan is vandaag getoond.\n  \
         • Zorg (illustratief) (2026), Diploma: 240 SBU erbij, toont Begeleiden (zorg-2), 1 eis meer vervuld, daarna compleet\n",
    );
    holder.run(&["helps", "7"]).failed(
        2,
        "stapel: there is no badge \"7\" in this wallet\n  → see what is there with: stapel list, or stapel programme list\n",
    );
    holder.run(&["helps", "haken"]).gave(
        0,
        "If you finished “Haken” of ROC Voorbeeld, no award would come nearer.\n\n\
         It does nothing for 1 award; see which with --all\n",
    );
    let json = holder.run(&["helps", "begeleiden", "programmes", "--json"]).json();
    let would = json["wouldHelp"].as_array().unwrap();
    assert_eq!((would.len(), &would[0]["gains"], &would[1]["gains"]), (3, &json!(true), &json!(false)));
    assert_eq!(would[0]["whatIf"]["shown"], json!(["zorg-2"]));
    assert_eq!(json["planned"]["name"], "ROC Voorbeeld");
}

#[test]
fn a_thousand_programmes_in_one_file_are_looked_at_together() {
    let holder = ready();
    let many: Vec<String> =
        (0..1000).map(|number| small_programme(SCHOOL, &format!("P{number:04}"), "tuin-1", &json!({}))).collect();
    holder.file("many.json", &format!("[{}]", many.join(",\n")));
    let ran = holder.run(&["nearest", "many.json", "--limit", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("  1. P0000 (2026), Diploma: 240 of 240 SBU"), "{}", ran.out);
    assert!(ran.out.contains("\n999 awards more; name more with --limit.\n"), "{}", ran.out);
}
