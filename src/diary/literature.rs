//! The literature behind factors, rules and advice, by the short key they cite.
//!
//! Most of it was read as abstract or first page while the program was planned; read the full text before relying on more than what
//! is said here. Keys that end in a letter name one finding of several.

/// One source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Work {
    /// The short key (`GAR15`).
    pub(crate) key: &'static str,
    /// What it is.
    pub(crate) what: &'static str,
    /// Where to find it: DOI, PubMed number or address; empty when there is no single place.
    pub(crate) place: &'static str,
}

/// The source with this key.
pub(crate) fn find(key: &str) -> Option<&'static Work> {
    WORKS.iter().find(|work| work.key == key)
}

/// Whether `text` is a claim id or a literature key.
pub(crate) fn is_known(text: &str) -> bool {
    crate::diary::claims::find(text).is_some() || find(text).is_some()
}

const fn work(key: &'static str, what: &'static str, place: &'static str) -> Work {
    Work { key, what, place }
}

/// Every source.
pub(crate) static WORKS: &[Work] = &[
    work(
        "GENERAL",
        "General medical or pharmacological knowledge without a single source; a clinician should review what rests on it alone",
        "",
    ),
    work(
        "PROPOSAL",
        "A proposal of this program; no guideline states it",
        "",
    ),
    work(
        "AAFP12",
        "Review of night leg cramps for family doctors, American Family Physician 2012",
        "PMID 22963024",
    ),
    work(
        "AAFP17",
        "Answer on treatments for night leg cramps, American Family Physician 2017",
        "http://www.aafp.org/afp/2017/1001/od3.html",
    ),
    work(
        "ABD99",
        "Abdulla and others 1999, leg cramps in older general-practice patients, 365 people",
        "https://pubmed.ncbi.nlm.nih.gov/10692732/",
    ),
    work(
        "ALI",
        "Teaching page on acute limb ischaemia, Royal College of Emergency Medicine",
        "https://www.rcemlearning.co.uk/modules/acute-limb-ischaemia/",
    ),
    work(
        "BAHK",
        "Study of standing at work and night cramps, 2,165 workers, one point in time",
        "PMID 21846281",
    ),
    work(
        "BAR21",
        "Trial of magnesium oxide monohydrate for night cramps, Nutrition Journal 2021",
        "https://doi.org/10.1186/s12937-021-00747-9",
    ),
    work(
        "BED",
        "Patient page of a hospital library on leg cramps: loosen covers, feet over the edge",
        "http://www.baymedical.org/Health-Information/Health-Library.aspx?content_id=223",
    ),
    work(
        "BNSSG",
        "Draft pathway for muscle cramps, Bristol, North Somerset and South Gloucestershire",
        "https://remedy.bnssg.icb.nhs.uk/",
    ),
    work(
        "BUT02",
        "Butler, Mulkerrin and O'Keeffe 2002, review of night cramps in older people",
        "https://docslib.org/doc/4372132/",
    ),
    work(
        "CES",
        "BMJ Best Practice, cauda equina syndrome",
        "https://bestpractice.bmj.com/topics/en-gb/3000164",
    ),
    work(
        "CG147",
        "NICE guideline CG147, lower limb peripheral arterial disease",
        "https://www.nice.org.uk/guidance/cg147",
    ),
    work(
        "CG168",
        "NICE guideline CG168, varicose veins",
        "https://www.nice.org.uk/guidance/CG168",
    ),
    work(
        "CHAN",
        "Report of a small trial of vitamin B complex, Chan 1998",
        "https://honestnutrition.blogspot.com/2008/10/",
    ),
    work(
        "CHU15",
        "Chung and others 2015, what 21 clinicians think of patients' own records",
        "https://jmir.org/2015/8/e203",
    ),
    work(
        "CKS12",
        "NICE Clinical Knowledge Summary, leg cramps, copy of 2012",
        "http://cks.nice.org.uk/leg-cramps",
    ),
    work(
        "CMg",
        "Cochrane review of magnesium for muscle cramps",
        "https://doi.org/10.1002/14651858.CD009402.pub3",
    ),
    work(
        "CNonD",
        "Cochrane review of non-drug treatments for leg cramps",
        "https://doi.org/10.1002/14651858.CD008496.pub3",
    ),
    work(
        "COP05",
        "Coppin and others 2005, trial of calf stretching and stopping quinine, 191 people",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC1463088/",
    ),
    work(
        "CPreg",
        "Cochrane review of treatments for leg cramps in pregnancy",
        "https://doi.org/10.1002/14651858.CD010655.pub3",
    ),
    work(
        "CQu",
        "Cochrane review of quinine for muscle cramps",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC11055607/",
    ),
    work(
        "CSP",
        "National pathway for suspected cauda equina syndrome, Chartered Society of Physiotherapy",
        "https://www.csp.org.uk/journal/article/physiotherapy-journal-march-2024/national-suspected-cauda-equina-syndrome-pathway",
    ),
    work(
        "DEL18",
        "Delacour and others 2018, alcohol and night cramps in people over 60",
        "https://www.annfammed.org/content/16/4/296.full",
    ),
    work(
        "DEL20",
        "Delacour and others 2020, sedentary life and night cramps, 136 pairs",
        "https://doi.org/10.1038/s41598-020-59312-9",
    ),
    work(
        "ECQ",
        "Edinburgh claudication questionnaire",
        "https://medicalcriteria.com/web/edinburgh-claudication-questionnaire/",
    ),
    work(
        "ECQ21",
        "Reliability of the Edinburgh claudication questionnaire against ultrasound",
        "https://pureportal.coventry.ac.uk/",
    ),
    work(
        "ERR",
        "Criteria for restless legs syndrome, European Respiratory Review",
        "https://err.ersjournals.com/",
    ),
    work(
        "FARRAR",
        "Farrar 2001, what change on a 0-to-10 pain scale matters",
        "https://pubmed.ncbi.nlm.nih.gov/11690728/",
    ),
    work(
        "FDA-Q",
        "US Food and Drug Administration, warning on quinine for leg cramps",
        "http://www.fda.gov/Safety/MedWatch/SafetyInformation/ucm194391.htm",
    ),
    work(
        "FPN",
        "Family Practice Notebook, nocturnal leg cramps",
        "https://fpnotebook.com/Ortho/Sx/NctrnlLgCrmp.htm",
    ),
    work(
        "FRU99",
        "Frusso and others 1999, crossover trial of magnesium",
        "https://www.mdedge.com/familymedicine/article/60992/",
    ),
    work(
        "FSA",
        "Food Standards Agency advice on vitamin B6 in supplements",
        "http://www.docstoc.com/docs/36461760/OTC-dose",
    ),
    work(
        "GAR12",
        "Garrison and others 2012, diuretics, statins and inhaled long-acting beta agonists before quinine",
        "PMID 22157068",
    ),
    work(
        "GAR15",
        "Garrison and others 2015, season of leg cramps, prescriptions and searches",
        "https://cmaj.ca/content/187/4/248.full.txt",
    ),
    work(
        "GRA17",
        "Grandner and others 2017, night leg cramps in a US survey",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC5460850",
    ),
    work(
        "HAL12",
        "Hallegraeff and others 2012, trial of stretching before sleep, 80 people",
        "https://pubmed.ncbi.nlm.nih.gov/22341378/",
    ),
    work(
        "HAL17",
        "Hallegraeff and others 2017, seven criteria of night leg cramps",
        "https://doi.org/10.1186/s12875-017-0600-x",
    ),
    work(
        "HAN22",
        "Community study of lumbar stenosis and cramps 2022",
        "https://doaj.org/article/d2d500ab6207494d80f7723f746627a9",
    ),
    work(
        "HASK",
        "Haskell and others, night cramps in male veterans, 50 pairs",
        "https://c.coek.info/pdf-clinical-epidemiology-of-nocturnal-leg-cramps-in-male-veterans-.html",
    ),
    work(
        "HAW13",
        "Hawke and others 2013, factors of night calf cramps",
        "https://pubmed.ncbi.nlm.nih.gov/23169577/",
    ),
    work(
        "HAW13b",
        "Hawke and others 2013, correlates of night cramps, 160 people",
        "https://doi.org/10.1186/1757-1146-6-S1-O14",
    ),
    work(
        "HU22",
        "Cramps and retinopathy in type 2 diabetes 2022",
        "https://doaj.org/article/b3acab93e77a4720899fbde49b0682aa",
    ),
    work(
        "HYPOCA",
        "University of Dundee, teaching page on low blood calcium",
        "https://learningspaces.dundee.ac.uk/som-acg/renal-endocrine/hypocalcaemia",
    ),
    work(
        "HYPOT",
        "Case report and review of muscle trouble in an underactive thyroid 2019",
        "https://www.hindawi.com/journals/crie/2019/4210431/",
    ),
    work(
        "IRLS",
        "Diagnostic criteria of restless legs syndrome",
        "https://gpcpd.heiw.wales/clinical/restless-legs-syndrome/the-diagnostic-criteria/",
    ),
    work(
        "ISI",
        "Insomnia severity index, what change matters",
        "https://pubmed.ncbi.nlm.nih.gov/19689221/",
    ),
    work(
        "K2-VKA",
        "Theuwissen and others 2013, vitamin K2 and the effect of acenocoumarol",
        "https://doi.org/10.1111/jth.12203",
    ),
    work(
        "K2HD",
        "Vitamin K2 for cramps in haemodialysis, Nutrition 2022:111608",
        "",
    ),
    work(
        "KAT14",
        "Katzberg and others 2014, cramps in type 1 and type 2 diabetes",
        "https://care.diabetesjournals.org/content/37/1/e17",
    ),
    work(
        "LYN14",
        "Cramps in haemodialysis, Advances in Nephrology 2014",
        "http://www.hindawi.com/journals/an/aip/681969/",
    ),
    work(
        "MAI16",
        "Maisonneuve and others 2016, night cramps in people over 60",
        "https://doi.org/10.1186/s12875-016-0509-9",
    ),
    work(
        "MAT09",
        "Matsumoto and others 2009, night cramps with lumbar spinal stenosis",
        "https://pure.fujita-hu.ac.jp/en/publications/nocturnal-leg-cramps-a-common-complaint-in-patients-with-lumbar-s",
    ),
    work(
        "MGDEF",
        "Signs of a lack of magnesium, table in Nutrients 2015",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC4586582/",
    ),
    work(
        "MHRA-Q",
        "UK Medicines and Healthcare products Regulatory Agency, quinine not to be used routinely for night leg cramps",
        "https://gov.uk/drug-safety-update/quinine-not-to-be-used-routinely-for-nocturnal-leg-cramps",
    ),
    work(
        "NG127-S",
        "NICE guideline NG127, limb jerks and sleep",
        "https://gpnotebook.com/en-gb/simplepage.cfm?ID=x20190521111330553900",
    ),
    work(
        "NG127-W",
        "NICE guideline NG127, weakness in adults",
        "https://www.nice.org.uk/guidance/ng127",
    ),
    work(
        "NG42",
        "NICE guideline NG42, motor neurone disease",
        "https://www.nice.org.uk/guidance/ng42",
    ),
    work(
        "NHS",
        "NHS page on leg cramps",
        "https://www.doctoori.net/health-information/health-resources-a-z/conditions/?condition=leg-cramps",
    ),
    work(
        "NHS-old",
        "NHS page on leg cramps, an older copy",
        "http://www.gubta.com/symptoms-of-leg-cramps/",
    ),
    work(
        "NI",
        "NI Direct, leg cramps",
        "https://nidirect.gov.uk/node/10453",
    ),
    work(
        "OKE16",
        "O'Keeffe 2016, night cramps in older people, Age and Ageing 45:776",
        "",
    ),
    work(
        "PDUK",
        "Parkinson's UK, muscle cramps and dystonia",
        "https://www.parkinsons.org.uk/information-and-support/muscle-cramps-and-dystonia",
    ),
    work(
        "PLM",
        "Periodic limb movements and restless legs, epilepsy.com",
        "https://www.epilepsy.com/",
    ),
    work(
        "RHAB",
        "Mayo Clinic, statins and rhabdomyolysis",
        "https://www.mayoclinic.org/diseases-conditions/high-blood-cholesterol/expert-answers/rhabdomyolysis/faq-20057817",
    ),
    work(
        "ROF02",
        "Roffe and others 2002, crossover trial of magnesium citrate",
        "https://www.medscimonit.com/download/index/idArt/420841",
    ),
    work(
        "ROG17",
        "Roguin Maor and others 2017, trial of magnesium oxide",
        "https://pubmed.ncbi.nlm.nih.gov/28241153/",
    ),
    work(
        "SCH07",
        "Schurgers and others 2007, how long vitamin K2 stays in the body",
        "http://ashpublications.net/blood/article/109/8/3279/23729/",
    ),
    work(
        "SEB19",
        "Sebo and others 2019, two-week diary of night cramps in 129 patients",
        "https://doi.org/10.4414/smw.2019.20048",
    ),
    work(
        "TAN24",
        "Tan and others 2024, trial of vitamin K2 for night cramps",
        "https://pubmed.ncbi.nlm.nih.gov/39466236/",
    ),
    work(
        "TET",
        "NHS text on tetanus",
        "https://travelclinicglasgow.co.uk/tetanus-vaccine/",
    ),
    work(
        "UL-B6",
        "European Food Safety Authority 2023, upper level of vitamin B6: 12 mg a day",
        "https://pure.ulster.ac.uk/en/publications/scientific-opinion-on-the-tolerable-upper-intake-level-for-vitami",
    ),
    work(
        "UL-CA",
        "European Food Safety Authority 2012, upper level of calcium: 2,500 mg a day",
        "https://www.efsa.europa.eu/en/press/news/120727-0",
    ),
    work(
        "UL-D",
        "European Food Safety Authority 2023, upper level of vitamin D: 100 µg a day",
        "https://www.efsa.europa.eu/en/efsajournal/pub/8145",
    ),
    work(
        "UL-MG",
        "Upper levels of magnesium from supplements: 250 mg (EU), 350 mg (US)",
        "https://sanomedica.com/magnesium-safety-assessment/",
    ),
    work(
        "WELLS",
        "NICE guideline NG158 and quality standard QS201, deep vein thrombosis and the Wells score",
        "https://www.nice.org.uk/guidance/qs201",
    ),
    work(
        "WOOD05",
        "Woodfield and others 2005, single-patient trials of quinine",
        "https://bjgp.org/content/55/512/181",
    ),
    work(
        "IUPAC21",
        "Standard atomic weights 2021, IUPAC",
        "https://doi.org/10.1515/pac-2019-0603",
    ),
];
