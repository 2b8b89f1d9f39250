//! Distribution functions that a reference case names in a text, as R writes them or in words. The values were computed with
//! mpmath to 40 digits.

use super::stats_reading::{expecting, outcome};
use serde_json::{Value, json};

/// `text` over rows of arguments.
fn told(text: &str, args: Value, want: &[f64]) -> String {
    let data = json!({ "function": text, "args": args });
    outcome(&expecting(
        "special_functions",
        data,
        text,
        &[("log_or_value", json!(want))],
    ))
}

#[test]
fn distributions_are_computed_from_their_names_in_r() {
    let cases: [(&str, Value, &[f64]); 22] = [
        (
            "pnorm(x, lower.tail=FALSE, log.p=TRUE)",
            json!([[38.0], [-3.0]]),
            &[-726.557_216_018_820_1, -0.001_350_809_964_748_193_8],
        ),
        (
            "pnorm(x, lower.tail = FALSE, log.p = TRUE)",
            json!([38.0]),
            &[-726.557_216_018_820_1],
        ),
        (
            "log(pnorm(z, lower.tail=FALSE))",
            json!([38.0]),
            &[-726.557_216_018_820_1],
        ),
        (
            "log10(2*pnorm(-abs(z)))",
            json!([[-45.0]]),
            &[-441.474_649_581_613_16],
        ),
        (
            "pchisq(q, df, lower.tail=FALSE, log.p=TRUE), args=[q,df]",
            json!([[2500, 3]]),
            &[-1_246.313_368_586_939_8],
        ),
        (
            "pchisq(q, df, log.p=TRUE), args=[df,q]",
            json!([[7, 0.004]]),
            &[-24.206_420_408_017_777],
        ),
        (
            "pt(t, df, lower=F, log=T)",
            json!([[60, 9]]),
            &[-29.017_077_411_053_815],
        ),
        (
            "pt(t, df)",
            json!([[-2.5, 4], [0, 5]]),
            &[0.033_383_272_405_994_07, 0.5],
        ),
        (
            "pf(f, d1, d2, lower.tail=FALSE, log.p=TRUE)",
            json!([[900, 3, 40]]),
            &[-82.906_583_788_620_5],
        ),
        (
            "pgamma(x, shape, rate=r, lower.tail=FALSE, log.p=TRUE), args=[x,shape,r]",
            json!([[900, 2.5, 2]]),
            &[-1_789.040_536_737_118_1],
        ),
        (
            "pgamma(3, 4, scale=2)",
            json!([[]]),
            &[0.065_642_454_378_450_1],
        ),
        (
            "pbinom(k, n, p, lower.tail=FALSE, log.p=TRUE)",
            json!([[180, 200, 0.3]]),
            &[-164.204_761_914_128_45],
        ),
        (
            "pbinom(k, size=n, prob=p)",
            json!([[3, 10, 0.25]]),
            &[0.775_875_091_552_734_4],
        ),
        (
            "ppois(k, m, lower.tail=FALSE, log.p=TRUE)",
            json!([[400, 20]]),
            &[-825.154_993_033_615_5],
        ),
        (
            "ppois(k, lambda)",
            json!([[2, 7.5]]),
            &[0.020_256_715_056_664_404],
        ),
        (
            "pbeta(x, a, b, lower.tail=FALSE, log.p=TRUE), args=[x,a,b]",
            json!([[0.999, 2, 300]]),
            &[-2_066.620_470_604_646_5],
        ),
        (
            "[dpois(k, m, log=TRUE), dbinom(4, 9, .2)] for each k, m",
            json!([[3, 2.5]]),
            &[],
        ),
        (
            "qnorm(1 - (1 - p)/2)",
            json!([[0.95]]),
            &[1.959_963_984_540_054_3],
        ),
        (
            "pnorm(q, 0, 1, FALSE, TRUE)",
            json!([[38.0]]),
            &[-726.557_216_018_820_1],
        ),
        (
            "mapply(function(df, q) pchisq(q, df, lower.tail = FALSE, log.p = TRUE), df, q)",
            json!([[3, 2500]]),
            &[-1_246.313_368_586_939_8],
        ),
        (
            "sapply(args, function(a) pbeta(a[3], a[1], a[2], lower.tail=FALSE, log.p=TRUE))",
            json!([[2, 300, 0.999]]),
            &[-2_066.620_470_604_646_5],
        ),
        ("lbeta(a, b)", json!([[3, 4.5]]), &[-4.387_480_485_356_345]),
    ];
    for (text, args, want) in cases {
        let said = match want {
            [] => {
                let want = json!([[-1.542_887_273_605_589_9, 0.066_060_288]]);
                let data = json!({ "function": text, "args": args });
                outcome(&expecting(
                    "special_functions",
                    data,
                    "",
                    &[("log_or_value", want)],
                ))
            }
            want => told(text, args, want),
        };
        assert_eq!(said, "passed", "{text}");
    }
}

#[test]
fn distributions_are_computed_from_their_names_in_words() {
    let cases: [(&str, Value, f64); 12] = [
        ("ln P(Z>z)", json!([[38]]), -726.557_216_018_820_1),
        (
            "ln P(Z > z), args=[z]",
            json!([[-3]]),
            -0.001_350_809_964_748_193_8,
        ),
        (
            "ln P(X>x), X chi-squared, args=[x,df]",
            json!([[2500, 3]]),
            -1_246.313_368_586_939_8,
        ),
        (
            "log upper tail of chi-squared, args=[df,x]",
            json!([[3, 2500]]),
            -1_246.313_368_586_939_8,
        ),
        (
            "ln P(T>t), Student's t, args=[t,df]",
            json!([[60, 9]]),
            -29.017_077_411_053_815,
        ),
        (
            "two-sided P(|T|>t), Student t, args=[t,df]",
            json!([[4.2, 6]]),
            0.005_685_809_342_101_467,
        ),
        (
            "log upper tail of F, args=[f,d1,d2]",
            json!([[900, 3, 40]]),
            -82.906_583_788_620_5,
        ),
        (
            "ln P(K>k), Poisson, args=[k,mean]",
            json!([[400, 20]]),
            -825.154_993_033_615_5,
        ),
        (
            "P(K<=k), binomial, args=[k,n,p]",
            json!([[3, 10, 0.25]]),
            0.775_875_091_552_734_4,
        ),
        (
            "ln regularised upper gamma Q(a,x), args=[a,x]",
            json!([[0.5, 800]]),
            -803.915_294_833_193_8,
        ),
        (
            "regularised lower gamma P(a,x), args=[a,x]",
            json!([[4, 1.5]]),
            0.065_642_454_378_450_1,
        ),
        (
            "log of the complement of the regularised incomplete beta I_x(a,b), args=[a,b,x]",
            json!([[2, 300, 0.999]]),
            -2_066.620_470_604_646_5,
        ),
    ];
    for (text, args, want) in cases {
        assert_eq!(told(text, args, &[want]), "passed", "{text}");
    }
}
