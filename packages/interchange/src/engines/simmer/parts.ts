/** Parts that some programs have. */
export const R_PARTS = [
  {
    name: 'one_of_shares',
    text: `# The place of a share that was hit, counted from 1; one more than there are where none was.
one_of_shares <- function(...) c(which(runif(1) < cumsum(c(...))), ...length() + 1)[1]`,
  },
  {
    name: 'gives_up',
    text: `# Who gives up waiting comes back to where the wait began and goes the other way.
waits_at_most <- function(trj, site) {
  trj %>%
    do(function() remember("gave_up", site, NULL)) %>%
    do(function() NULL, tag = paste("wait", site))
}
gives_up <- function(site, activity, resource) {
  trajectory() %>%
    do(function() {
      waiting(resource, -1)
      remember("gave_up", site, TRUE)
      until <- p()$until[[site]]
      no_longer_due(until, 1.5 * LATER)
      set_clock(until)
      remember("waited", activity, until - p()$asked[[site]])
    }) %>%
    rollback(paste("wait", site))
}
# How long until somebody gives up: what ends at the same instant comes first.
patience <- function(site, limit) {
  until <- clock() + max(0, limit)
  remember("until", site, until)
  max(5e-7, due(until, 1.5 * LATER))
}
has_given_up <- function(site) isTRUE(p()$gave_up[[site]])`,
  },
  {
    name: 'least_busy',
    text: `# The place of the option with the smallest queue + busy - capacity, the first of equals.
least_busy <- function(...) which.min(vapply(list(...), function(option) {
  sum(vapply(option, function(each) queue_of(each) + busy_of(each) - there_of(each), 0))
}, 0))`,
  },
  {
    name: 'rounds',
    text: `# Whether there is a round to make.
begin_rounds <- function(name, times = Inf) {
  remember("rounds", name, list(made = 0, times = times, begun = clock()))
  times == Inf || rounded(times) >= 1
}
# After a round: whether there is another one.
another_round <- function(name, until = FALSE, again = 1) {
  patient <- p()
  made <- patient$rounds[[name]]$made + 1
  patient$rounds[[name]]$made <- made
  !(made >= patient$rounds[[name]]$times - 0.5 || until || runif(1) >= again)
}
# The planned beginning of the next round, or now where that is over.
next_round <- function(name, every) {
  patient <- p()
  patient$rounds[[name]]$begun <- patient$rounds[[name]]$begun + every
  max(clock(), patient$rounds[[name]]$begun)
}`,
  },
  {
    name: 'wait_until',
    text: `# Goes on at the next of these instants.
wait_until <- function(trj, activity, instants) {
  work_until(trj, activity, function() {
    left <- instants[instants >= clock()]
    if (length(left) == 0) FOREVER else left[1]
  })
}`,
  },
  {
    name: 'together',
    text: `# Branches are clones, which leave when they have ended; the patient waits for a signal of the last one.
together <- function(trj, name, ...) {
  signal <- function() all_ended(name)
  waits <- trajectory() %>%
    trap(signal) %>%
    timeout(function() if (p()$branches[[name]] == 0) 0 else FOREVER) %>%
    untrap(signal) %>%
    do(function() set_clock(p()$ended_at[[name]]))
  ways <- list(...)
  # Each begins after the one before.
  ways <- lapply(seq_along(ways), function(i) {
    trajectory() %>% set_attribute("branch", branches_off) %>% timeout(1e-8 * (i - 1)) %>% join(ways[[i]])
  })
  trj <- do(trj, function() remember("branches", name, length(ways)))
  do.call(clone, c(list(trj, length(ways) + 1, waits), ways))
}
# Each branch has a clock of its own.
branches_off <- function() {
  patient <- p()
  patient$clocks <- c(patient$clocks, clock())
  length(patient$clocks)
}
all_ended <- function(name) paste("together", name, get_attribute(env, "patient"))
branch_ends <- function(trj, name) {
  trj %>%
    do(function() {
      remember("branches", name, p()$branches[[name]] - 1)
      remember("ended_at", name, clock())
    }) %>%
    send(function() if (p()$branches[[name]] == 0) all_ended(name) else character(0)) %>%
    leave(1)
}`,
  },
  {
    name: 'batches',
    text: `# Each of the times as often as so many come.
batches <- function(at, size) rep(at, vapply(at, function(each) max(0, rounded(size())), 0))`,
  },
  {
    name: 'beginning_with',
    text: `# The first time is another one than those that follow.
beginning_with <- function(first, between) {
  begun <- FALSE
  function() {
    if (begun) return(between())
    begun <<- TRUE
    first()
  }
}`,
  },
  {
    name: 'in_groups',
    text: `# Times between groups, and none between the members of one; a group of nobody is passed over.
in_groups <- function(between, size) {
  function() {
    gap <- 0
    repeat {
      gap <- gap + between()
      members <- max(0, rounded(size()))
      if (members > 0 || gap > END) return(c(gap, rep(0, max(0, members - 1))))
    }
  }
}`,
  },
  {
    name: 'appointments',
    text: `# Times at which those come who do, at the booked time plus how much they are late.
appointments <- function(at, shows, deviation) {
  come <- vapply(at, function(each) runif(1) < shows(), TRUE)
  sort(vapply(at[come], function(each) max(0, each + deviation()), 0))
}`,
  },
  {
    name: 'times_at_rate',
    text: `# Times of arrivals whose rate per second changes by a timetable: unit exponentials through the cumulative rate.
times_at_rate <- function(at, rates, period = Inf) {
  starts <- if (is.infinite(period)) 0 else seq(0, END, by = period)
  begin <- c(outer(at, starts, "+"))
  rates <- rep(rates, length(starts))
  lasting <- pmax(0, pmin(c(begin[-1], END), END) - begin)
  reached <- c(0, cumsum(rates * lasting))
  total <- reached[length(reached)]
  n <- rpois(1, total)
  marks <- sort(runif(n, 0, total))
  piece <- findInterval(marks, reached, rightmost.closed = TRUE)
  begin[piece] + (marks - reached[piece]) / rates[piece]
}`,
  },
] as const;
