/** How a program for simmer runs and what it prints: its end. */
export const RUN = `# The mean of what is in use over the window, from what simmer's monitor saw.
window_mean <- function(seen) {
  if (nrow(seen) == 0) return(0)
  times <- c(seen$time, END)
  lasting <- pmax(0, pmin(times[-1], END) - pmax(times[-length(times)], WARM_UP))
  sum(seen$server * lasting) / RUN
}

replicate_once <- function(number, seed) {
  set.seed((seed + 7919 * number) %% 2147483647)
  reset()
  build()
  run(env, END)
  resources <- get_mon_resources(env)
  figures <- list()
  for (each in names(TIMES)) figures[[each]] <- figure(each, TIMES[[each]]$holds)
  for (each in names(WAITS)) figures[[each]] <- figure(each, WAITS[[each]]$holds)
  for (each in names(OUTCOMES)) figures[[each]] <- figure(each)
  for (each in FACILITIES) {
    seen <- lapply(POOLS_OF[[each]], function(pool) resources[resources$resource == pool, ])
    figures[[paste("wait", each)]] <- figure(paste("wait", each))
    figures[[paste("use", each)]] <- sum(vapply(seen, window_mean, 0))
    figures[[paste("queue", each)]] <- queue_area(state$queues[[each]], END) / RUN
  }
  figures
}

mean_of <- function(values) if (length(values) == 0) NaN else mean(values)
# The mean of what was seen, or of whether something holds of it.
figure <- function(name, holds = NULL) {
  seen <- state$seen[[name]]
  values <- seen$values[seq_len(seen$n)]
  mean_of(if (is.null(holds)) values else holds(values))
}

arguments <- commandArgs(trailingOnly = TRUE)
option <- function(name, otherwise) {
  found <- grep(paste0("^--", name, "="), arguments, value = TRUE)
  if (length(found) == 0) otherwise else as.numeric(sub(".*=", "", found[1]))
}
replications <- option("replications", REPLICATIONS)
runs <- lapply(seq_len(replications) - 1, replicate_once, seed = option("seed", SEED))

if ("--json" %in% arguments) {
  escaped <- function(text) gsub("([\\\\\\\\\\"])", "\\\\\\\\\\\\1", text)
  object <- function(run) {
    value <- vapply(run, function(each) if (is.nan(each)) "null" else format(each, digits = 15), "")
    paste0("{", paste(sprintf("\\"%s\\": %s", escaped(names(run)), value), collapse = ", "), "}")
  }
  cat("[", paste(vapply(runs, object, ""), collapse = ", "), "]\\n", sep = "")
} else {
  cat(replications, "replications, mean +/- half-width of the 95 % interval; times in seconds\\n")
  for (key in names(runs[[1]])) {
    values <- unlist(lapply(runs, function(run) run[[key]]))
    values <- values[!is.nan(values)]
    n <- length(values)
    half <- if (n < 2) NaN else qt(0.975, n - 1) * sd(values) / sqrt(n)
    cat(sprintf("%-60s %.4g +/- %.2g\\n", TITLES[[key]], mean_of(values), half))
  }
}
`;
