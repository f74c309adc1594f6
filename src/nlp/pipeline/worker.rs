use std::ops::Range;

use super::{
    Pipeline,
    draft::Draft,
    pieces::{LONGEST, pieces},
    step::{Input, Step},
};
use crate::nlp::{
    Doc,
    attribute_ruler::RulerMemory,
    lemmatizer::LemmaMemory,
    ner::{RecogniserMemory, TokenFacts},
    nn::StateScorer,
    parser::ParserMemory,
    tok2vec::{EncoderMemory, Word},
    tokenizer::Cache,
};

/// Tokens of a batch: enough for the matrix products, few enough to stay in the cache of one core.
const BATCH: usize = 2048;

/// A text to parse.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Byte offsets, ascending, from which on the first word starts a sentence; the parser finds the others.
    pub breaks: &'a [usize],
}

/// Parses text with a [`Pipeline`], keeping what it has learnt of words, and its buffers, from call to call.
#[derive(Debug)]
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    cache: Cache,
    encoders: Vec<EncoderMemory>,
    /// What each step keeps of the token vectors of the batch.
    inputs: Vec<Input>,
    parser: ParserMemory,
    recogniser: RecogniserMemory,
    ruler: RulerMemory,
    lemmas: LemmaMemory,
    scratch: Vec<f32>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(pipeline: &'p Pipeline) -> Self {
        Self {
            pipeline,
            cache: Cache::default(),
            encoders: pipeline.encoders.iter().map(|_| EncoderMemory::default()).collect(),
            inputs: pipeline.steps.iter().map(|_| Input::default()).collect(),
            parser: ParserMemory::default(),
            recogniser: RecogniserMemory::default(),
            ruler: RulerMemory::default(),
            lemmas: LemmaMemory::default(),
            scratch: Vec::new(),
        }
    }

    /// Parses one text. An empty text gives a document without tokens.
    ///
    /// A text of more than a million bytes is parsed in pieces, cut at line breaks, which are no longer than that.
    pub fn parse(&mut self, text: &str) -> Doc {
        self.parse_pieces(Text { text, breaks: &[] }, LONGEST)
    }

    /// Parses texts. The documents are the same as when each text is parsed alone.
    pub fn parse_batch(&mut self, texts: &[&str]) -> Vec<Doc> {
        self.parse_texts(&texts.iter().map(|text| Text { text, breaks: &[] }).collect::<Vec<_>>())
    }

    /// Parses texts of which some starts of sentences are known.
    pub fn parse_texts(&mut self, texts: &[Text<'_>]) -> Vec<Doc> {
        let mut docs = Vec::with_capacity(texts.len());
        let mut texts = texts.iter().peekable();
        while let Some(text) = texts.peek() {
            if text.text.len() > LONGEST {
                docs.extend(texts.next().map(|&text| self.parse_pieces(text, LONGEST)));
                continue;
            }
            self.trim();
            let mut drafts = Vec::new();
            let mut tokens = 0;
            while let Some(&text) = texts.next_if(|text| tokens < BATCH && text.text.len() <= LONGEST) {
                let draft = self.draft(text);
                tokens += draft.len().max(1);
                drafts.push(draft);
            }
            self.annotate(&mut drafts);
            docs.extend(drafts.into_iter().map(|draft| draft.finish(&self.pipeline.labels)));
        }
        docs
    }

    /// Parses a text in pieces of at most `longest` bytes.
    pub(super) fn parse_pieces(&mut self, text: Text<'_>, longest: usize) -> Doc {
        let mut whole = Draft::new(text.text, &[], &self.cache);
        let mut at = 0;
        for piece in pieces(text.text, longest) {
            self.trim();
            let inside = text.breaks.iter().filter(|&&b| (at..at + piece.len()).contains(&b)).map(|b| b - at);
            let mut drafts = [self.draft(Text { text: piece, breaks: &inside.collect::<Vec<_>>() })];
            self.annotate(&mut drafts);
            let [draft] = drafts;
            whole.append(draft, at);
            at += piece.len();
        }
        whole.finish(&self.pipeline.labels)
    }

    /// Forgets what was learnt of words when that has grown too large. No draft may be under way.
    fn trim(&mut self) {
        if self.cache.trim() {
            self.encoders.iter_mut().for_each(EncoderMemory::forget);
            self.ruler.forget();
            self.lemmas.forget();
        }
    }

    /// Tokenises a text.
    fn draft(&mut self, text: Text<'_>) -> Draft {
        let tokens = self.pipeline.tokenizer.tokenize(text.text, &mut self.cache);
        let mut draft = Draft::new(text.text, &tokens, &self.cache);
        draft.break_at(text.breaks);
        draft
    }

    /// Runs all components over a batch.
    fn annotate(&mut self, drafts: &mut [Draft]) {
        let steps = &self.pipeline.steps;
        for (i, step) in steps.iter().enumerate() {
            // An encoder runs for the first of the steps that read it, and feeds them all.
            let read_before = |encoder| steps[..i].iter().any(|step| step.encoder() == Some(encoder));
            if let Some(encoder) = step.encoder().filter(|&encoder| !read_before(encoder)) {
                self.encode(encoder, drafts);
            }
            let input = std::mem::take(&mut self.inputs[i]);
            let mut first = 0;
            for draft in drafts.iter_mut() {
                self.run(step, &input, first..first + draft.len(), draft);
                first += draft.len();
            }
            if first <= 2 * BATCH {
                self.inputs[i] = input;
            }
        }
    }

    /// Runs an encoder over a batch.
    fn encode(&mut self, encoder: usize, drafts: &[Draft]) {
        let Pipeline { steps, encoders, vectors, .. } = self.pipeline;
        let words: Vec<&[Word]> = drafts.iter().map(|draft| draft.words.as_slice()).collect();
        let reads = |step: &Step| step.encoder() == Some(encoder);
        let (inputs, scratch) = (&mut self.inputs, &mut self.scratch);
        for (_, input) in steps.iter().zip(inputs.iter_mut()).filter(|(step, _)| reads(step)) {
            input.classes.clear();
            input.hidden.clear();
        }
        let memory = &mut self.encoders[encoder];
        encoders[encoder].encode(&words, &self.cache, vectors.as_ref(), memory, |rows| {
            for (step, input) in steps.iter().zip(inputs.iter_mut()).filter(|(step, _)| reads(step)) {
                step.read(rows, input, scratch);
            }
        });
    }

    /// Runs one component over a document that is these tokens of the batch.
    fn run(&mut self, step: &Step, input: &Input, tokens: Range<usize>, draft: &mut Draft) {
        let all_labels = &self.pipeline.labels;
        let hidden = |scorer: &StateScorer| {
            let width = scorer.hidden_width();
            &input.hidden[tokens.start * width..tokens.end * width]
        };
        let classes = || input.classes[tokens.clone()].iter().map(|&class| usize::from(class));
        match step {
            Step::Tagger { labels, overwrite, .. } => {
                draft.set_tags(classes().map(|class| labels[class]), *overwrite);
            }
            Step::Morphologizer { labels, overwrite, .. } => {
                draft.set_features(classes().map(|class| labels[class]), *overwrite);
            }
            Step::Senter { overwrite, .. } => {
                draft.set_sentence_starts(classes().map(|class| class == 1), *overwrite);
            }
            Step::Parser { parser, .. } => {
                let hidden = hidden(parser.scorer());
                parser.parse(hidden, &draft.sentence_starts, &draft.is_space, &mut self.parser);
                draft.set_tree(&self.parser);
            }
            Step::Recogniser { recogniser, .. } => {
                let hidden = hidden(recogniser.scorer());
                let facts = TokenFacts { is_space: &draft.is_space, sentence_starts: &draft.sentence_starts };
                recogniser.recognise(hidden, facts, &mut self.recogniser, &mut draft.entities);
            }
            Step::AttributeRuler(ruler) => {
                ruler.apply(&mut draft.tokens, &draft.lexemes, &self.cache, all_labels, &mut self.ruler);
            }
            Step::Lemmatizer(lemmatizer) => {
                lemmatizer.apply(
                    &mut draft.tokens,
                    &draft.lexemes,
                    &self.cache,
                    all_labels,
                    &mut self.lemmas,
                );
            }
        }
    }
}
