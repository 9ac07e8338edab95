//! How does the help read in Dutch? The English stands in `cli`, beside what it is about.

use clap::Command;
use stapel_report::Language;

const TEMPLATE_NL: &str = "{about-with-newline}\nGebruik: {usage}\n\n{all-args}{after-help}";

/// The path of a command, what it does, and its arguments by their ids.
type Help = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const PROGRAMMES: &str = "Ondertekende programma's naast wat is bewaard: bestanden met één programma of een rij ervan, mappen met zulke bestanden, webadressen";

/// About and arguments of each command, by its path. An argument that is taken everywhere stands with `stapel`.
const NL: &[Help] = &[
    (
        "stapel",
        "Bewaar uw bewijzen, zie hoe ver u ermee bent, en laat ze zien",
        &[
            ("wallet", "Het bestand van de wallet; anders ~/.local/share/stapel/wallet.stapel"),
            ("passphrase_file", "Het bestand met de wachtwoordzin (mode 0600); anders wordt ernaar gevraagd"),
            ("json", "Geef het resultaat als JSON"),
            ("lang", "Nederlands of Engels; anders zoals LANG zegt"),
            ("offline", "Haal niets op"),
            ("dev_loopback", "Voor ontwikkelaars: vraag 127.0.0.1:PORT via gewone http (mag vaker)"),
            ("help", "Toon deze hulp"),
            ("version", "Toon de versie"),
        ],
    ),
    (
        "stapel init",
        "Maak een nieuwe wallet; toont de DID en, één keer, de vierentwintig herstelwoorden",
        &[("words_to", "Schrijf de herstelwoorden in dit bestand (mode 0600) in plaats van ze te tonen")],
    ),
    ("stapel id", "Toon de DID van de wallet", &[]),
    (
        "stapel receive",
        "Controleer iets, zeg wat er is gevonden, en bewaar het",
        &[
            (
                "what",
                "Een bestand of een plaatje met een bewijs erin (PNG, SVG), een webadres, de link van een aanbod, of - voor standaardinvoer",
            ),
            ("tx_code", "De code die de uitgever u apart heeft gegeven; anders wordt ernaar gevraagd"),
        ],
    ),
    ("stapel list", "Toon wat er is bewaard, met wat er het laatst van is gevonden", &[]),
    (
        "stapel show",
        "Toon alles wat een bewijs zegt, en wat er vandaag van wordt gevonden",
        &[
            ("badge", "Welk bewijs: het nummer in de lijst, het id, of een deel van de naam"),
            ("source", "Toon het bewijs precies zoals de uitgever het heeft ondertekend"),
            ("record", "Toon het toekenningsdossier dat bij een diploma is bewaard, precies zoals het is ontvangen"),
            (
                "pdf",
                "Druk het af als certificaat op papier, in dit PDF-bestand; alleen als het vandaag is geaccepteerd",
            ),
            ("name", "Uw naam op het blad; geen bewijs staat daarvoor in"),
            (
                "image",
                "Zet het bewijs in een plaatje, dit PNG- of SVG-bestand: wie het heeft, kan het bewijs lezen en controleren",
            ),
            ("picture", "In dit plaatje; anders in het eigen plaatje, of in een dat ervoor wordt getekend (SVG)"),
            ("force", "Overschrijf het bestand"),
        ],
    ),
    ("stapel programme", "Programma's om naartoe te werken", &[]),
    (
        "stapel programme add",
        "Controleer een programma en bewaar het",
        &[("from", "Een bestand, een webadres, of - voor standaardinvoer")],
    ),
    ("stapel programme list", "Toon de programma's die zijn bewaard", &[]),
    ("stapel trust", "Wie u vertrouwt", &[]),
    (
        "stapel trust add",
        "Vertrouw een anker, en bewaar zijn lijst van uitgevers",
        &[
            ("from", "De lijst: een bestand, een webadres, of - voor standaardinvoer"),
            ("anchor", "Wie hem moet hebben ondertekend: iemand van wie u de DID van elders kent"),
            ("yes", "Vraag niets"),
        ],
    ),
    ("stapel trust pin", "Vertrouw één uitgever, zonder lijst", &[("did", "De uitgever")]),
    ("stapel trust remove", "Vertrouw een anker of uitgever niet meer", &[("did", "Het anker of de uitgever")]),
    ("stapel trust list", "Toon wie u vertrouwt", &[]),
    (
        "stapel progress",
        "Toon hoe ver u bent in een programma, wat er nog ontbreekt, en de kortste wegen verder",
        &[
            ("programme", "Welk programma: het nummer, het id, of een deel van de naam"),
            ("award", "Naar welk bewijs, waar het programma tot meer dan één leidt"),
            (
                "what_if",
                "Wat als u dit afrondt? Modulen uit het aanbod dat is bewaard, met id, code of een deel van de titel",
            ),
            ("svg", "Teken het als een toren van blokken, in dit SVG-bestand"),
            ("pdf", "Druk het af op papier, in dit PDF-bestand"),
            ("name", "Uw naam op het blad; anders uw DID"),
            ("force", "Overschrijf het bestand"),
        ],
    ),
    (
        "stapel nearest",
        "Toon bij welke bewijzen u het dichtst in de buurt bent, over veel programma's",
        &[
            ("programmes", PROGRAMMES),
            ("limit", "Hoeveel er worden genoemd"),
            ("all", "Noem elk programma dat is overgeslagen, met de reden"),
        ],
    ),
    (
        "stapel helps",
        "Toon waar een bewijs u verder helpt, of een module die u kunt kiezen",
        &[
            (
                "what",
                "Een bewijs met het nummer in de lijst of het id, of een module uit een aanbod met id, code of een deel van de titel",
            ),
            ("programmes", PROGRAMMES),
            ("all", "Noem alles waarvoor het niets doet, en elk programma dat is overgeslagen"),
        ],
    ),
    ("stapel catalogue", "Het aanbod van instellingen: wie welke module geeft; niemand heeft het ondertekend", &[]),
    (
        "stapel catalogue add",
        "Haal een aanbod op en bewaar het, in plaats van wat er eerder van die plek kwam",
        &[("from", "Een webadres, een bestand, of - voor standaardinvoer")],
    ),
    ("stapel catalogue list", "Toon het aanbod dat is bewaard", &[("modules", "Toon ook de modulen")]),
    (
        "stapel catalogue remove",
        "Bewaar een aanbod niet meer",
        &[("catalogue", "Het nummer in de lijst, of waar het vandaan kwam")],
    ),
    (
        "stapel present",
        "Laat bewijzen, uw voortgang, of het antwoord op een vraag zien aan iemand die erom vroeg",
        &[
            ("badges", "Welke bewijzen: nummers in de lijst, id's, of delen van namen"),
            (
                "answer",
                "Beantwoord deze vraag met zo weinig mogelijk bewijzen: een bestand, een webadres, of - voor standaardinvoer; de link van wie het vraagt zegt ook voor wie het is, en daar gaat het antwoord heen",
            ),
            (
                "with_award_records",
                "Toon de toekenningsdossiers van diploma's erbij: daarin staat alles wat ervoor meetelde",
            ),
            ("programme", "Toon de voortgang in dit programma, met precies de bewijzen die meetellen"),
            ("award", "Naar welk bewijs, waar het programma tot meer dan één leidt"),
            ("to", "Wie erom vroeg, bijvoorbeeld werkgever.example"),
            ("challenge", "De tekst voor één keer die zij gaven"),
            ("minutes", "Hoe lang het geldt; 10, of zolang de link die beantwoord wordt open is"),
            ("out", "Waar het wordt opgeslagen; - voor standaarduitvoer"),
            ("yes", "Vraag niets"),
            ("force", "Overschrijf het bestand"),
        ],
    ),
    (
        "stapel bundle",
        "Breng bewijzen bij elkaar onder een titel; een bundel claimt geen kwalificatie",
        &[
            ("badges", "Welke bewijzen: nummers in de lijst, id's, of delen van namen"),
            ("title", "De titel van de bundel"),
            ("theme", "Wat de bewijzen gemeen hebben"),
            ("to", "Voor wie, bijvoorbeeld werkgever.example; anders mag iedereen hem doorgeven"),
            ("challenge", "De tekst voor één keer die zij gaven"),
            ("expires", "Tot wanneer hij geldt, bijvoorbeeld 2026-12-31T23:59:59Z"),
            ("out", "Waar het wordt opgeslagen; - voor standaarduitvoer"),
            ("pdf", "Druk hem ook af op papier, in dit PDF-bestand: de bewijzen die vandaag zijn geaccepteerd"),
            ("name", "Uw naam op het blad; anders uw DID"),
            ("yes", "Vraag niets"),
            ("force", "Overschrijf de bestanden"),
        ],
    ),
    ("stapel exemption", "Vrijstellingen die een examencommissie verleent", &[]),
    (
        "stapel exemption request",
        "Vraag een examencommissie om vrijstelling of beoordeling, met bewijzen als onderbouwing",
        &[
            ("programme", "In welk programma: het nummer, het id, of een deel van de naam"),
            ("part", "Voor welk onderdeel, bij zijn id (mag vaker)"),
            ("evidence", "Welke bewijzen het tonen: nummers in de lijst, id's, of delen van namen"),
            ("assessment", "Vraag in plaats daarvan om een beoordeling"),
            ("basis", "Waarop het moet rusten: course, workplace, prior-learning, dialogue, ..."),
            ("note", "Een toelichting, in uw eigen woorden"),
            ("to", "De examencommissie, of haar instelling"),
            ("challenge", "De tekst voor één keer die zij gaven"),
            ("out", "Waar het wordt opgeslagen; - voor standaarduitvoer"),
            ("yes", "Vraag niets"),
            ("force", "Overschrijf het bestand"),
        ],
    ),
    (
        "stapel verify",
        "Controleer bewijzen en presentaties van anderen; heeft geen wallet nodig",
        &[
            (
                "files",
                "Bewijzen, presentaties, programma's: bestanden, plaatjes met een bewijs erin (PNG, SVG), mappen met zulke bestanden, webadressen, of - voor standaardinvoer",
            ),
            ("trust", "Een vertrouwenslijst (mag vaker)"),
            ("anchor", "Wie de vertrouwenslijsten moet hebben ondertekend (mag vaker)"),
            ("pin", "Een uitgever die u zonder lijst vertrouwt (mag vaker)"),
            (
                "contexts",
                "Een map met woordenlijsten (JSON-LD-contexten) die u vertrouwt, elk met zijn digest genoemd in contexts.json",
            ),
            ("domain", "Voor wie een presentatie gemaakt moet zijn: u"),
            ("challenge", "De tekst voor één keer die u de houder gaf"),
            ("question", "Is het een antwoord op deze vraag? Een bestand, of - voor standaardinvoer"),
            (
                "record",
                "Reken de toekenning na zoals op de dag zelf, met het dossier dat bij het diploma is bewaard: een bestand, of - voor standaardinvoer",
            ),
            ("as_of", "Controleer alsof het dit moment is, bijvoorbeeld 2026-11-22T09:00:00Z"),
            ("case_out", "Schrijf alles waarop het antwoord rust in dit bestand"),
            ("case", "Geef het antwoord van zo'n bestand nog eens, zonder netwerk"),
            (
                "dossier",
                "Wat eerder is opgehaald, door `stapel dossier`. Er staan sleutels van uitgevers in: neem het alleen aan van wie voor u mag ophalen",
            ),
            ("report", "Schrijf een rij voor elk document in dit bestand; de naam eindigt op .csv of .json"),
            (
                "watch",
                "Vertel wat er is veranderd sinds de vorige keer, die dit bestand onthoudt, en wat er binnenkort verloopt; voor cron",
            ),
            ("soon", "Wat binnen zoveel dagen verloopt, wordt verteld"),
            ("page", "Schrijf hetzelfde als webpagina in dit bestand"),
            ("threads", "Op hoeveel threads; anders op alle kernen"),
            ("force", "Overschrijf de bestanden; dat van --watch wordt altijd vervangen"),
        ],
    ),
    (
        "stapel dossier",
        "Haal alles op wat voor het controleren van documenten nodig is, in één bestand, voor een machine zonder netwerk. Het is bewijsmateriaal, geen vertrouwen: wie ermee controleert, noemt zelf wie hij vertrouwt",
        &[
            ("files", "Bewijzen, presentaties, programma's, zoals bij `stapel verify`"),
            ("out", "Waar het wordt opgeslagen"),
            ("trust", "Een vertrouwenslijst die meegaat (mag vaker)"),
            ("anchor", "Wie de vertrouwenslijsten moet hebben ondertekend (mag vaker); dit gaat niet mee"),
            (
                "contexts",
                "Een map met woordenlijsten (JSON-LD-contexten) die meegaan, elk met zijn digest genoemd in contexts.json",
            ),
            ("as_of", "Haal op alsof het dit moment is, bijvoorbeeld 2026-11-22T09:00:00Z"),
            ("threads", "Op hoeveel threads; anders op alle kernen"),
            ("force", "Overschrijf het bestand"),
        ],
    ),
    ("stapel unlock", "Houd de wallet een aantal minuten open", &[("minutes", "Hoe lang")]),
    ("stapel lock", "Sluit de wallet weer", &[]),
    (
        "stapel recover",
        "Kies een nieuwe wachtwoordzin met de herstelwoorden",
        &[
            (
                "words_from",
                "Het bestand met de herstelwoorden, of - voor standaardinvoer; anders wordt ernaar gevraagd",
            ),
            (
                "new_passphrase_file",
                "Het bestand met de nieuwe wachtwoordzin (mode 0600); anders wordt ernaar gevraagd",
            ),
        ],
    ),
    (
        "stapel passphrase",
        "Verander de wachtwoordzin",
        &[("new_passphrase_file", "Het bestand met de nieuwe wachtwoordzin (mode 0600); anders wordt ernaar gevraagd")],
    ),
];

/// The command line with its help in that language.
pub(crate) fn help(command: Command, language: Language) -> Command {
    let command = command.after_help(match language {
        Language::Nl => "Einde met 0: gedaan, of geaccepteerd. 1: afgewezen. 2: niet te beslissen, of het kon niet.\nSTAPEL_TEST_NOW stelt de tijd in, alleen voor tests.",
        Language::En => "Exit code 0: done, or accepted. 1: refused. 2: undecided, or it could not run.\nSTAPEL_TEST_NOW sets the time, for tests only.",
    });
    match language {
        Language::En => command,
        Language::Nl => dutch(command, ""),
    }
}

fn dutch(command: Command, above: &str) -> Command {
    let path = if above.is_empty() { command.get_name().to_owned() } else { format!("{above} {}", command.get_name()) };
    let mut command = command.help_template(TEMPLATE_NL).subcommand_help_heading("Opdrachten");
    if let Some((_, about, arguments)) = NL.iter().find(|(known, _, _)| *known == path) {
        command = command.about(*about).mut_args(|argument| {
            let heading = match argument.get_help_heading() {
                Some(_) => "Overal",
                None if argument.is_positional() => "Argumenten",
                None => "Opties",
            };
            let help = arguments.iter().find(|(id, _)| argument.get_id() == id).map(|(_, help)| *help);
            let argument = argument.help_heading(heading);
            match help {
                Some(help) => argument.help(help),
                None => argument,
            }
        });
    }
    command.mut_subcommands(|below| dutch(below, &path))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    fn check(command: &Command, above: &str, seen: &mut Vec<String>) {
        let path =
            if above.is_empty() { command.get_name().to_owned() } else { format!("{above} {}", command.get_name()) };
        let (_, about, arguments) =
            NL.iter().find(|(known, _, _)| *known == path).unwrap_or_else(|| panic!("{path} has no Dutch"));
        assert_ne!(command.get_about().unwrap().to_string(), *about, "{path}");
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            let (_, dutch) =
                arguments.iter().find(|(known, _)| *known == id).unwrap_or_else(|| panic!("{path} {id} has no Dutch"));
            assert_ne!(argument.get_help().unwrap().to_string(), *dutch, "{path} {id}");
            seen.push(format!("{path} {id}"));
        }
        seen.push(path.clone());
        command.get_subcommands().for_each(|below| check(below, &path, seen));
    }

    #[test]
    fn every_command_and_argument_has_dutch_help_and_no_other_is_there() {
        let mut seen = Vec::new();
        check(&Cli::command(), "", &mut seen);
        let written: usize = NL.iter().map(|(_, _, arguments)| 1 + arguments.len()).sum();
        assert_eq!(written, seen.len(), "there is Dutch help for something that is not there");
    }

    #[test]
    fn the_command_line_holds_together() {
        for language in Language::ALL {
            crate::cli::command(language).debug_assert();
        }
    }
}
