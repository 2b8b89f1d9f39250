# Seconds that glmmTMB's fit alone takes (no start of R, no reading): Poisson counts on an Ornstein-Uhlenbeck background, the
# columns of the joint fit, unknown values at their mean. usage: Rscript glmm.R NIGHTS.csv
suppressMessages(library(glmmTMB))
nights <- read.csv(commandArgs(trailingOnly = TRUE)[1])
date <- as.Date(nights$date)
t <- as.integer(date - date[1])
y <- nights$episodes
cramp <- as.numeric(y > 0)
before <- c(0, ifelse(diff(t) == 1, head(cramp, -1) - mean(cramp), 0))
d <- data.frame(
  y = y, before = before, weekend = as.numeric(format(date, "%u")) >= 6, trend = 2 * t / max(t) - 1,
  c = cos(2 * pi * t / 365.25), s = sin(2 * pi * t / 365.25), one = factor(1), day = numFactor(t)
)
factors <- setdiff(names(nights), c("date", "episodes"))[1:12]
for (f in factors) {
  x <- nights[[f]]
  x[is.na(x)] <- mean(x, na.rm = TRUE)
  d[[f]] <- (x - mean(x)) / sd(x)
}
model <- as.formula(paste("y ~ before + weekend + trend + c + s +", paste(factors, collapse = " + "), "+ ou(day + 0 | one)"))
seconds <- system.time(fit <- glmmTMB(model, data = d, family = poisson))[["elapsed"]]
cat(sprintf("glmmTMB %s, fit alone: %.3f s\n", packageVersion("glmmTMB"), seconds))
