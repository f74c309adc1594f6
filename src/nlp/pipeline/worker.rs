use super::{Pipeline, draft::Draft, step::Step};
use crate::nlp::{
    Doc,
    attribute_ruler::RulerMemory,
    lemmatizer::LemmaMemory,
    ner::{RecogniserMemory, TokenFacts},
    parser::ParserMemory,
    tok2vec::{EncoderMemory, Word},
    tokenizer::Cache,
};

/// Tokens of a batch: enough for the matrix products, few enough to stay in the cache of one core.
const BATCH: usize = 2048;

/// Parses text with a [`Pipeline`], keeping what it has learnt of words, and its buffers, from call to call.
#[derive(Debug)]
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    cache: Cache,
    encoders: Vec<EncoderMemory>,
    /// The vectors of the batch from each encoder, one row a token.
    vectors: Vec<Vec<f32>>,
    parser: ParserMemory,
    recogniser: RecogniserMemory,
    ruler: RulerMemory,
    lemmas: LemmaMemory,
    classes: Vec<u16>,
    scratch: Vec<f32>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(pipeline: &'p Pipeline) -> Self {
        Self {
            pipeline,
            cache: Cache::default(),
            encoders: pipeline.encoders.iter().map(|_| EncoderMemory::default()).collect(),
            vectors: pipeline.encoders.iter().map(|_| Vec::new()).collect(),
            parser: ParserMemory::default(),
            recogniser: RecogniserMemory::default(),
            ruler: RulerMemory::default(),
            lemmas: LemmaMemory::default(),
            classes: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Parses one text. An empty text gives a document without tokens.
    pub fn parse(&mut self, text: &str) -> Doc {
        self.parse_batch(&[text]).pop().expect("one document for one text")
    }

    /// Parses texts. The documents are the same as when each text is parsed alone.
    pub fn parse_batch(&mut self, texts: &[&str]) -> Vec<Doc> {
        let mut docs = Vec::with_capacity(texts.len());
        let mut texts = texts.iter().peekable();
        while texts.peek().is_some() {
            if self.cache.trim() {
                self.encoders.iter_mut().for_each(EncoderMemory::forget);
                self.ruler.forget();
                self.lemmas.forget();
            }
            let mut drafts = Vec::new();
            let mut tokens = 0;
            while let Some(text) = texts.next_if(|_| tokens < BATCH) {
                let raw = self.pipeline.tokenizer.tokenize(text, &mut self.cache);
                tokens += raw.len().max(1);
                drafts.push(Draft::new(text, &raw, &self.cache));
            }
            self.annotate(&mut drafts);
            docs.extend(drafts.into_iter().map(|draft| draft.finish(&self.pipeline.labels)));
        }
        docs
    }

    /// Runs all components over a batch.
    fn annotate(&mut self, drafts: &mut [Draft]) {
        let words: Vec<&[Word]> = drafts.iter().map(|draft| draft.words.as_slice()).collect();
        let static_vectors = self.pipeline.vectors.as_ref();
        for ((encoder, memory), vectors) in
            self.pipeline.encoders.iter().zip(&mut self.encoders).zip(&mut self.vectors)
        {
            encoder.encode(&words, &self.cache, static_vectors, memory, vectors);
        }
        for step in &self.pipeline.steps {
            let mut first = 0;
            for draft in drafts.iter_mut() {
                self.run(step, first, draft);
                first += draft.len();
            }
        }
    }

    /// Runs one component over a document whose first token is number `first` of the batch.
    fn run(&mut self, step: &Step, first: usize, draft: &mut Draft) {
        let labels = &self.pipeline.labels;
        let vectors = step.encoder().map_or(&[][..], |encoder| {
            let width = self.pipeline.encoders[encoder].width();
            &self.vectors[encoder][first * width..(first + draft.len()) * width]
        });
        match step {
            Step::Tagger { classifier, labels, overwrite, .. } => {
                classifier.classify(vectors, &mut self.scratch, &mut self.classes);
                draft.set_tags(self.classes.drain(..).map(|class| labels[usize::from(class)]), *overwrite);
            }
            Step::Morphologizer { classifier, labels, overwrite, .. } => {
                classifier.classify(vectors, &mut self.scratch, &mut self.classes);
                draft
                    .set_features(self.classes.drain(..).map(|class| labels[usize::from(class)]), *overwrite);
            }
            Step::Senter { classifier, overwrite, .. } => {
                classifier.classify(vectors, &mut self.scratch, &mut self.classes);
                draft.set_sentence_starts(self.classes.drain(..).map(|class| class == 1), *overwrite);
            }
            Step::Parser { parser, .. } => {
                parser.parse(vectors, &draft.sentence_starts, &draft.is_space, &mut self.parser);
                draft.set_tree(&self.parser);
            }
            Step::Recogniser { recogniser, .. } => {
                let facts = TokenFacts { is_space: &draft.is_space, sentence_starts: &draft.sentence_starts };
                recogniser.recognise(vectors, facts, &mut self.recogniser, &mut draft.entities);
            }
            Step::AttributeRuler(ruler) => {
                ruler.apply(&mut draft.tokens, &draft.lexemes, &self.cache, labels, &mut self.ruler);
            }
            Step::Lemmatizer(lemmatizer) => {
                lemmatizer.apply(&mut draft.tokens, &draft.lexemes, &self.cache, labels, &mut self.lemmas);
            }
        }
    }
}
