use super::{Pipeline, draft::Draft, step::Step};
use crate::nlp::{
    lexicon::Lexicon,
    ner::{RecogniserMemory, TokenFacts},
    parser::ParserMemory,
    tok2vec::EncoderMemory,
};

/// Tokens of a batch: enough for the matrix products, few enough to stay in the cache of one core.
const BATCH: usize = 2048;

/// Distinct tokens after which a worker forgets the embeddings it has (some 1 KB each).
const MAX_LEXEMES: usize = 30_000;

/// Parses text with a [`Pipeline`], keeping what it has learnt of words, and its buffers, from call to call.
#[derive(Debug)]
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    lexicon: Lexicon,
    encoders: Vec<EncoderMemory>,
    /// The vectors of the batch from each encoder, one row a token.
    vectors: Vec<Vec<f32>>,
    parser: ParserMemory,
    recogniser: RecogniserMemory,
    classes: Vec<u16>,
    scratch: Vec<f32>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(pipeline: &'p Pipeline) -> Self {
        Self {
            pipeline,
            lexicon: Lexicon::default(),
            encoders: pipeline.encoders.iter().map(|_| EncoderMemory::default()).collect(),
            vectors: pipeline.encoders.iter().map(|_| Vec::new()).collect(),
            parser: ParserMemory::default(),
            recogniser: RecogniserMemory::default(),
            classes: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Runs all components over a batch.
    fn annotate(&mut self, drafts: &mut [Draft]) {
        if self.lexicon.len() > MAX_LEXEMES {
            self.lexicon.clear();
            self.encoders.iter_mut().for_each(EncoderMemory::forget);
        }
        for draft in drafts.iter_mut() {
            draft.look_up(&mut self.lexicon);
        }
        let lexemes: Vec<&[u32]> = drafts.iter().map(|draft| draft.lexemes.as_slice()).collect();
        let static_vectors = self.pipeline.vectors.as_ref();
        for ((encoder, memory), vectors) in
            self.pipeline.encoders.iter().zip(&mut self.encoders).zip(&mut self.vectors)
        {
            encoder.encode(&lexemes, &self.lexicon, static_vectors, memory, vectors);
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
        let encoder = step.encoder();
        let width = self.pipeline.encoders[encoder].width();
        let vectors = &self.vectors[encoder][first * width..(first + draft.len()) * width];
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
        }
    }
}
