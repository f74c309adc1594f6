//! How many patterns of a query are put in order together.

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

use super::Query;

impl Query {
    /// The most triple patterns that are joined with each other in one place. The time to find an order for them grows
    /// with the fourth power of their number, and can't be stopped: 100 take more than a second, 200 half a minute.
    pub fn breadth(&self) -> usize {
        let mut most = 0;
        let (spargebra::Query::Select { pattern, .. }
        | spargebra::Query::Construct { pattern, .. }
        | spargebra::Query::Describe { pattern, .. }
        | spargebra::Query::Ask { pattern, .. }) = &self.algebra;
        let outermost = of_pattern(pattern, &mut most);
        most.max(outermost)
    }
}

/// The triple patterns joined at the top of `pattern`; `most` learns of those that are put in order by themselves.
fn of_pattern(pattern: &GraphPattern, most: &mut usize) -> usize {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len(),
        GraphPattern::Path { .. } => 1,
        GraphPattern::Values { .. } => 0,
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            of_pattern(left, most) + of_pattern(right, most)
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            all(expression, most);
            apart(right, most);
            of_pattern(left, most)
        }
        GraphPattern::Union { left, right } => {
            apart(right, most);
            apart(left, most);
            1
        }
        GraphPattern::Minus { left, right } => {
            apart(right, most);
            of_pattern(left, most)
        }
        GraphPattern::Filter { expr, inner } => {
            of_expression(expr, most);
            of_pattern(inner, most)
        }
        GraphPattern::Extend { inner, expression, .. } => {
            of_expression(expression, most);
            of_pattern(inner, most)
        }
        GraphPattern::OrderBy { inner, expression } => {
            for OrderExpression::Asc(expression) | OrderExpression::Desc(expression) in expression {
                of_expression(expression, most);
            }
            of_pattern(inner, most)
        }
        GraphPattern::Group { inner, aggregates, .. } => {
            for (_, aggregate) in aggregates {
                if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                    of_expression(expr, most);
                }
            }
            of_pattern(inner, most)
        }
        GraphPattern::Graph { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Service { inner, .. } => of_pattern(inner, most),
    }
}

fn apart(pattern: &GraphPattern, most: &mut usize) {
    let patterns = of_pattern(pattern, most);
    *most = patterns.max(*most);
}

fn all<'a>(expressions: impl IntoIterator<Item = &'a Expression>, most: &mut usize) {
    for expression in expressions {
        of_expression(expression, most);
    }
}

fn of_expression(expression: &Expression, most: &mut usize) {
    use Expression::{
        Add, And, Bound, Coalesce, Divide, Equal, Exists, FunctionCall, Greater, GreaterOrEqual, If, In,
        Less, LessOrEqual, Literal, Multiply, NamedNode, Not, Or, SameTerm, Subtract, UnaryMinus, UnaryPlus,
        Variable,
    };
    match expression {
        NamedNode(_) | Literal(_) | Variable(_) | Bound(_) => (),
        Exists(pattern) => apart(pattern, most),
        Not(inner) | UnaryPlus(inner) | UnaryMinus(inner) => of_expression(inner, most),
        Or(left, right)
        | And(left, right)
        | Equal(left, right)
        | SameTerm(left, right)
        | Greater(left, right)
        | GreaterOrEqual(left, right)
        | Less(left, right)
        | LessOrEqual(left, right)
        | Add(left, right)
        | Subtract(left, right)
        | Multiply(left, right)
        | Divide(left, right) => {
            of_expression(left, most);
            of_expression(right, most);
        }
        If(test, then, otherwise) => {
            all([&**test, &**then, &**otherwise], most);
        }
        In(first, others) => {
            of_expression(first, most);
            all(others, most);
        }
        Coalesce(inner) | FunctionCall(_, inner) => {
            all(inner, most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breadth(query: &str) -> usize {
        Query::parse(query).unwrap().breadth()
    }

    #[test]
    fn what_is_joined_counts_together_and_what_is_not_apart() {
        assert_eq!(breadth("ASK {}"), 0);
        assert_eq!(breadth("SELECT * { ?a ?b ?c, ?d ; td:x ?e . GRAPH ?g { ?a td:y/td:z ?f } } LIMIT 3"), 5);
        assert_eq!(breadth("ASK { ?a ?b (1 2) }"), 5);
        assert_eq!(breadth("ASK { { ?a ?b ?c . ?a ?b ?d } UNION { ?a ?b ?c } }"), 2);
        assert_eq!(breadth("ASK { ?a ?b ?c OPTIONAL { ?c ?d ?e . ?e ?f ?g } MINUS { ?a td:x+ ?c } }"), 2);
        assert_eq!(
            breadth("ASK { ?a ?b ?c FILTER(1 = 2 || NOT EXISTS { ?c ?d ?e . ?e ?f ?g . ?g ?h ?i }) }"),
            3
        );
    }
}
