# The reference values of random-effects meta-analysis in this folder, one file a case.
# Run here: Rscript make.R   (R 4.2.2, metafor 3.8-1, metadat 1.2-0, jsonlite)
suppressMessages({library(metafor); library(metadat); library(jsonlite)})

# The default threshold stops 1e-5 away from the maximum.
tight <- list(threshold = 1e-14, maxiter = 10000)

# Where the next study lies when tau^2 has its confidence distribution: tau^2 of share u solves Q(tau^2) = the u point of
# chi^2 on k - 1 degrees of freedom (metafor's own Q-profile interval is checked to be two of its points), and the next
# study is normal around the mean at that tau^2, with variance tau^2 + 1 / sum(w).
next_study <- function(yi, vi, fit, level = 0.95) {
  k <- length(yi)
  at <- function(t) { w <- 1 / (vi + t); m <- sum(w * yi) / sum(w); list(m = m, w = sum(w), q = sum(w * (yi - m)^2)) }
  q0 <- at(0)$q
  tau2 <- Vectorize(function(chi) {
    if (q0 <= chi) return(0)
    high <- 1; while (at(high)$q > chi) high <- high * 4
    uniroot(function(t) at(t)$q - chi, c(0, high), tol = 1e-15 * high, maxiter = 10000)$root
  })
  profile <- suppressWarnings(confint(fit, control = list(tol = 1e-12, tau2.max = 1e6)))$random["tau^2", c("ci.lb", "ci.ub")]
  own <- tau2(qchisq(c(0.975, 0.025), k - 1))
  stopifnot(all(abs(own - profile) <= 1e-6 * pmax(own, 1e-3) | is.na(profile)))
  below <- function(x) {
    one <- function(chi) {
      t <- tau2(chi)
      vapply(t, function(t) { a <- at(t); pnorm((x - a$m) / sqrt(t + 1 / a$w)) }, 0)
    }
    # over s = log chi^2; above q0, tau^2 is 0
    part <- function(from, to) integrate(function(s) one(exp(s)) * dchisq(exp(s), k - 1) * exp(s), from, to,
      rel.tol = 1e-11, abs.tol = 0, subdivisions = 4000)$value
    none <- at(0)
    lowest <- log(qchisq(1e-13, k - 1)); edge <- log(min(q0, qchisq(1e-13, k - 1, lower.tail = FALSE)))
    inside <- if (edge > lowest) part(lowest, (lowest + edge) / 2) + part((lowest + edge) / 2, edge) else 0
    inside + pchisq(q0, k - 1, lower.tail = FALSE) * pnorm((x - none$m) * sqrt(none$w))
  }
  end <- function(p) {
    step <- 1; while (below(fit$beta[1] - step) > p | below(fit$beta[1] + step) < p) step <- step * 2
    uniroot(function(x) below(x) - p, fit$beta[1] + c(-step, step), tol = 1e-10)$root
  }
  c(end((1 - level) / 2), end((1 + level) / 2))
}

case <- function(id, source, call, yi, vi, ni = NULL) {
  yi <- as.numeric(yi); vi <- as.numeric(vi)
  fit <- rma(yi, vi, method = "REML", test = "knha", control = tight)
  ahead <- predict(fit)
  value <- function(x, tol = 1e-8) list(value = as.numeric(x), rel_tol = tol, abs_tol = 1e-9)
  expected <- list(
    mean = value(fit$beta), se = value(fit$se), ci_low = value(fit$ci.lb), ci_high = value(fit$ci.ub),
    p = value(fit$pval), tau2 = value(fit$tau2), se_tau2 = value(fit$se.tau2), I2 = value(fit$I2 / 100),
    H2 = value(fit$H2), Q = value(fit$QE), Q_p = value(fit$QEp),
    pi_low = value(ahead$pi.lb), pi_high = value(ahead$pi.ub))
  following <- next_study(yi, vi, fit)
  expected$next_low <- value(following[1], 1e-6)
  expected$next_high <- value(following[2], 1e-6)
  if (length(yi) > 2) {
    left <- leave1out(fit)
    expected$leave_one_out_mean <- value(left$estimate)
    expected$leave_one_out_low <- value(left$ci.lb)
    expected$leave_one_out_high <- value(left$ci.ub)
    expected$leave_one_out_tau2 <- value(left$tau2)
    egger <- regtest(fit, model = "lm", predictor = "sei")
    expected$egger_t <- value(egger$zval)
    expected$egger_p <- value(egger$pval)
    expected$egger_slope <- value(coef(summary(egger$fit))[2, 1])
    if (!is.null(ni)) {
      by <- regtest(yi, vi, ni = ni, model = "lm", predictor = "sqrtninv")
      expected$exposure_t <- value(by$zval)
      expected$exposure_p <- value(by$pval)
      expected$exposure_slope <- value(coef(summary(by$fit))[2, 1])
      # weights by the variance that studies of a size have on average, the variance of the mean robust
      even <- sum(vi) / sum(1 / ni) / ni
      even <- robust(rma(yi, vi, weights = 1 / (even + fit$tau2), tau2 = fit$tau2), cluster = seq_along(yi))
      expected$by_size_mean <- value(even$beta)
      expected$by_size_se <- value(even$se)
      expected$by_size_low <- value(even$ci.lb)
      expected$by_size_high <- value(even$ci.ub)
      expected$by_size_p <- value(even$pval)
    }
  }
  out <- list(schema = 1, id = paste0("random_effects__", id), method = "random_effects", name = id, source = source,
    data = c(list(yi = yi, vi = vi), if (!is.null(ni)) list(ni = as.numeric(ni))), call = call,
    software = list(language = "R", version = as.character(getRversion()),
      packages = list(metafor = as.character(packageVersion("metafor")), metadat = as.character(packageVersion("metadat")))),
    expected = expected, notes = "")
  writeLines(toJSON(out, auto_unbox = TRUE, digits = NA), paste0("random_effects__", id, ".json"))
}

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
case("bcg", "metadat::dat.bcg, 13 trials of a tuberculosis vaccine", "escalc(measure='RR', ai=tpos, bi=tneg, ci=cpos, di=cneg); rma(yi, vi, method='REML', test='knha')", bcg$yi, bcg$vi,
  with(dat.bcg, tpos + tneg + cpos + cneg))
case("colditz1994", "metadat::dat.colditz1994, odds ratios", "escalc(measure='OR', ...); rma(yi, vi, method='REML', test='knha')",
  escalc(measure = "OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.colditz1994)$yi,
  escalc(measure = "OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.colditz1994)$vi)
hart <- escalc(measure = "IRR", x1i = x1i, x2i = x2i, t1i = t1i, t2i = t2i, data = dat.hart1999)
case("hart1999", "metadat::dat.hart1999, strokes per person-year on warfarin and without", "escalc(measure='IRR', x1i, t1i, x2i, t2i); rma(yi, vi, method='REML', test='knha')", hart$yi, hart$vi, with(dat.hart1999, t1i + t2i))
nielweise <- escalc(measure = "IRR", x1i = x1i, x2i = x2i, t1i = t1i, t2i = t2i, data = dat.nielweise2008)
case("nielweise2008", "metadat::dat.nielweise2008, infections per catheter-day", "escalc(measure='IRR', ...); rma(yi, vi, method='REML', test='knha')", nielweise$yi, nielweise$vi)
case("bcg_first_two", "the first two trials of metadat::dat.bcg", "rma(yi[1:2], vi[1:2], method='REML', test='knha')", bcg$yi[1:2], bcg$vi[1:2])

set.seed(20260301)
made <- function(k, mu, tau, from, to) {
  vi <- runif(k, from, to)^2
  list(yi = rnorm(k, rnorm(k, mu, tau), sqrt(vi)), vi = vi)
}
a <- made(12, log(1.4), 0.3, 0.1, 0.6)
case("simulated_12", "12 studies, mean log 1.4, tau 0.3", "set.seed(20260301), see make.R", a$yi, a$vi)
b <- made(120, log(0.8), 0.5, 0.05, 0.9)
case("simulated_120", "120 studies, mean log 0.8, tau 0.5", "see make.R", b$yi, b$vi)
d <- made(9, 0.2, 0, 0.2, 0.4); d$yi <- mean(d$yi) + (d$yi - mean(d$yi)) * 0.5
case("simulated_at_zero", "9 studies that differ less than their errors: tau2 is at its boundary", "see make.R", d$yi, d$vi)
