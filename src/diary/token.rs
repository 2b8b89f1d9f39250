//! A typed line cut into words and numbers, each with what stands before it.

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    None,
    /// A comma, a dash, a smiley.
    Comma,
    /// The end of a sentence, a line break.
    Stop,
}

/// One word or number of a line.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// In small letters, apostrophes dropped, slips of the keys put right.
    pub(crate) word: String,
    /// The number it is, in figures or in words.
    pub(crate) number: Option<f64>,
    /// As it was typed.
    pub(crate) typed: String,
    /// What stands before it.
    pub(crate) after: Break,
    /// Whether a blank stands before it.
    pub(crate) spaced: bool,
    /// Whether a slip of the keys was put right.
    pub(crate) is_repaired: bool,
}

/// Cuts a line into words and numbers: `5min` is two, `6/10`, `3:10` and `4.5` are one.
pub(crate) fn cut(line: &str) -> Vec<Token> {
    let mut cutter = Cutter {
        tokens: Vec::new(),
        after: Break::Stop,
        spaced: true,
    };
    for typed in line.split_whitespace() {
        cutter.spaced = true;
        cutter.cut_word(typed);
    }
    cutter.tokens
}

struct Cutter {
    tokens: Vec<Token>,
    /// What stands before the next word.
    after: Break,
    spaced: bool,
}

impl Cutter {
    /// Cuts what stands between two blanks.
    fn cut_word(&mut self, typed: &str) {
        if let Some(date) = whole_date(typed) {
            return self.push(date);
        }
        let chars: Vec<char> = typed.chars().collect();
        let is_digit = |at: Option<usize>| {
            let c = at.and_then(|at| chars.get(at));
            c.is_some_and(char::is_ascii_digit)
        };
        let mut at = 0;
        while let Some(c) = chars.get(at) {
            let end = word_end(&chars, at);
            if end > at {
                self.push(chars.get(at..end).unwrap_or_default().iter().collect());
                at = end;
                continue;
            }
            let in_word = at > 0 && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric());
            let between_digits = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
            match c {
                // `2-3` is from two to three
                '-' | '–' if between_digits => {
                    self.spaced = false;
                    self.push("-".to_string());
                    self.spaced = false;
                }
                '~' => self.push("~".to_string()),
                '%' => self.push("percent".to_string()),
                '.' | '!' | '?' | ';' => self.after = Break::Stop,
                '-' if in_word => {}
                '\'' | '’' | '"' | '“' | '”' | '°' | '+' | '/' | '(' | ')' | '#' | '*' => {}
                _ => self.after = self.after.max(Break::Comma),
            }
            at += 1;
        }
    }

    fn push(&mut self, typed: String) {
        let lower = typed.to_lowercase();
        let has_digit = lower.contains(|c: char| c.is_ascii_digit());
        let is_dropped = |c: &char| matches!(c, '\'' | '’') || *c == '.' && !has_digit;
        self.tokens.push(Token {
            word: lower.chars().filter(|c| !is_dropped(c)).collect(),
            number: number(&lower),
            typed,
            after: std::mem::replace(&mut self.after, Break::None),
            spaced: std::mem::replace(&mut self.spaced, false),
            is_repaired: false,
        });
    }
}

/// `2026-03-04` (with or without a time), or `-2` for the night before last.
fn whole_date(typed: &str) -> Option<String> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let bare = typed.trim_end_matches([',', '.', ';']);
    let is_date = bare.len() >= 10
        && bare.get(..4).is_some_and(digits)
        && bare.as_bytes().get(4) == Some(&b'-')
        && bare.get(5..7).is_some_and(digits);
    let is_back = bare.strip_prefix('-').is_some_and(digits);
    (is_date || is_back).then(|| bare.to_lowercase())
}

/// The number a word in figures is: `4.5`, `1,5`, `½`.
fn number(word: &str) -> Option<f64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return match word {
            "½" => Some(0.5),
            "¼" => Some(0.25),
            "¾" => Some(0.75),
            _ => None,
        };
    }
    word.replace(',', ".")
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
}

/// Where the word or number that begins at `at` ends; `at` where none begins.
fn word_end(chars: &[char], at: usize) -> usize {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut end = at;
    if digit(at) {
        // `pain 7,3am` is two numbers
        let half_follows = |at: usize| {
            let digits = (at..).take_while(|i| digit(*i)).count();
            matches!(chars.get(at + digits), Some('a' | 'p' | 'A' | 'P'))
        };
        // `7/10,3min` are two numbers
        let mut joined = false;
        let joins = |at: usize, joined: bool| match chars.get(at) {
            Some('.' | ':' | '/') => digit(at + 1),
            Some(',') => !joined && digit(at + 1) && !half_follows(at + 1),
            _ => false,
        };
        while digit(end) || joins(end, joined) {
            joined |= matches!(chars.get(end), Some(':' | '/'));
            end += 1;
        }
        return end;
    }
    if chars.get(at).is_some_and(|c| matches!(c, '½' | '¼' | '¾')) {
        return at + 1;
    }
    // a.m. and p.m. are words
    let dotted = |i: usize| {
        chars.get(i) == Some(&'.') && chars.get(i + 1).is_some_and(|c| matches!(c, 'm' | 'M'))
    };
    while chars.get(end).is_some_and(|c| {
        c.is_alphabetic()
            || matches!(c, '_')
            || matches!(c, '\'' | '’')
                && end > at
                && chars.get(end + 1).is_some_and(|c| c.is_alphabetic())
    }) {
        end += 1;
    }
    if end == at + 1 && matches!(chars.get(at), Some('a' | 'A' | 'p' | 'P')) && dotted(end) {
        end += 2;
        if chars.get(end) == Some(&'.') {
            end += 1;
        }
    }
    end
}
