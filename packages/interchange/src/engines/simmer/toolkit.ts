/** What every program for simmer has before its resources: patients, what they do, and what is observed of them. */
export const TOOLKIT = `# The simulation environment is a new one in each replication; so is what is known of patients.
env <- NULL
state <- new.env()

rounded <- function(value) floor(value + 0.5)
power <- function(base, exponent) base^exponent
ratio <- function(a, b) if (b == 0) NaN else a / b

# Times of a timetable, where counts that go down do so a little later.
later <- function(at, counts) at + LATER * c(FALSE, diff(counts) < 0)
# Given times at which patients come: after all else at the instant, one after the other.
one_by_one <- function(at) {
  if (length(at) == 0) at else at + 2 * LATER + 1e-6 * unlist(lapply(rle(at)$lengths, seq_len))
}

reset <- function() {
  env <<- simmer("pathway")
  state$patients <- new.env()
  state$count <- 0
  state$numbers <- list()
  state$seen <- list()
  state$queues <- lapply(POOLS_OF, function(pools) list2env(list(n = 0, since = 0, area = 0)))
  for (each in c(names(TIMES), names(WAITS), names(OUTCOMES), paste("wait", FACILITIES))) {
    state$seen[[each]] <- list2env(list(n = 0, values = numeric(16)))
  }
}

# The patient whose turn it is.
p <- function() state$patients[[as.character(get_attribute(env, "patient"))]]
in_window <- function() now(env) >= WARM_UP

# How many ask for something of a facility and wait for it; simmer counts the units that they want.
waiting <- function(resource, change) {
  queue <- state$queues[[FACILITY_OF[[resource]]]]
  queue$area <- queue_area(queue)
  queue$n <- queue$n + change
  queue$since <- now(env)
}
queue_area <- function(queue, until = now(env)) {
  queue$area + queue$n * max(0, until - max(queue$since, WARM_UP))
}

# Something that takes no time.
do <- function(trj, action, ...) timeout(trj, function() {
  action()
  0
}, ...)
set <- function(trj, name, value) do(trj, function() assign(name, value(), envir = p()))
# Remembers something of the patient under a name; NULL forgets it.
remember <- function(what, name, value) {
  patient <- p()
  patient[[what]][[name]] <- value
}

# From where times are measured, and what remembers when something was.
note <- function(moment) {
  if (!(moment %in% MOMENTS)) return()
  patient <- p()
  for (each in names(TIMES)) {
    time <- TIMES[[each]]
    if (moment == time$to && !is.null(patient$marks[[each]])) {
      if (in_window() && is_about(time, patient)) observe(each, now(env) - patient$marks[[each]])
      patient$marks[[each]] <- NULL
    }
    if (moment == time$from) patient$marks[[each]] <- now(env)
  }
}

# Whether an indicator is about a patient.
is_about <- function(indicator, patient) {
  only <- indicator$only
  (is.null(indicator$cohorts) || patient$cohort %in% indicator$cohorts) &&
    (is.null(only) || identical(patient[[only[1]]], only[2]))
}
observe <- function(name, value) {
  seen <- state$seen[[name]]
  seen$n <- seen$n + 1
  if (seen$n > length(seen$values)) length(seen$values) <- 2 * length(seen$values)
  seen$values[seen$n] <- value
}
observe_wait <- function(site, waited, patient) {
  for (each in names(WAITS)) {
    if (site %in% WAITS[[each]]$sites && is_about(WAITS[[each]], patient)) observe(each, waited)
  }
}

# To the millisecond, so that what is done a little later at an instant does not matter.
since <- function(activity) round(now(env) - (p()$ended[[activity]] %or% NaN), 3)
since_arrival <- function() round(now(env) - p()$arrived, 3)
waited_for <- function(activity) round(p()$waited[[activity]] %or% NaN, 3)
\`%or%\` <- function(value, otherwise) if (is.null(value)) otherwise else value

arrive <- function(cohort) {
  state$count <- state$count + 1
  patient <- new.env()
  patient$cohort <- cohort
  patient$number <- state$numbers[[cohort]]
  patient$arrived <- now(env)
  patient$behind <- if (cohort %in% AT_GIVEN_TIMES) 2 * LATER else 0
  for (each in ATTRIBUTE_NAMES) patient[[each]] <- NaN
  for (each in c("kept", "asked", "branches", "gave_up", "marks", "rounds", "ended", "waited")) patient[[each]] <- list()
  state$patients[[as.character(state$count)]] <- patient
  ATTRIBUTES[[cohort]](patient)
  state$count
}
\`%na%\` <- function(value, otherwise) if (length(value) == 0 || is.na(value)) otherwise else value

# Everybody who arrives goes on with the way of the pathway; who has several pathways comes as often.
newcomer <- function(cohort, ...) {
  ways <- lapply(list(...), function(way) {
    trajectory() %>%
      set_attribute("patient", function() arrive(cohort)) %>%
      do(function() note("arrival")) %>%
      join(way)
  })
  counted <- trajectory(cohort) %>%
    timeout(function() {
      state$numbers[[cohort]] <- (state$numbers[[cohort]] %or% -1) + 1
      0
    })
  if (length(ways) == 1) join(counted, ways[[1]]) else do.call(clone, c(list(counted, length(ways)), ways))
}

# Waits for units of a resource and keeps them under the name of the slot; then gives back what was kept until then
# (\`leaving\`), of which units of the same resource are kept.
take <- function(trj, site, resource, amount = 1, slot = site, leaving = NULL, priority = NULL, activity = site) {
  asks <- if (HAS_PRIORITIES || !is.null(priority)) trajectory() %>% set_prioritization(function() {
    urgency <- 1e9 - rounded(1000 * ((if (is.null(priority)) PRIORITIES[[p()$cohort]](p()) else priority()) %na% 0))
    c(urgency, urgency, 0)
  }) else trajectory()
  asks <- seize(asks, resource, amount)
  keeps <- trajectory() %>% do(function() {
    kept <- p()$kept
    same <- Filter(function(name) identical(kept[[name]]$resource, resource), leaving)[1]
    remember("kept", same, NULL)
    assign("had", TRUE, envir = p())
  })
  requested <- paste("request", activity)
  trj <- do(trj, function() {
    note(requested)
    remember("asked", site, now(env))
    waiting(resource, 1)
  })
  trj <- if (is.null(leaving)) join(trj, asks) else branch(trj, function() {
    kept <- p()$kept[leaving]
    if (any(vapply(kept, function(each) identical(each$resource, resource), TRUE))) 2 else 1
  }, continue = TRUE, asks, keeps)
  trj %>%
    do(function() {
      patient <- p()
      waiting(resource, -1)
      patient$kept[[slot]] <- list(resource = resource, amount = amount)
      waited <- now(env) - patient$asked[[site]]
      patient$waited[[activity]] <- waited
      if (waited > LATER) patient$behind <- 0
      if (!in_window()) return()
      # Who has a unit of it already asks for none.
      if (!isTRUE(patient$had)) observe(paste("wait", FACILITY_OF[[resource]]), waited)
      patient$had <- FALSE
      observe_wait(site, waited, patient)
    }) %>%
    give_back(leaving)
}

# Who needs nothing is there at once.
ask_nothing <- function(trj, site, activity = site) do(trj, function() {
  note(paste("request", activity))
  remember("waited", activity, 0)
  if (in_window()) observe_wait(site, 0, p())
})

give_back <- function(trj, slots) {
  for (slot in slots) trj <- give_back_one(trj, slot)
  trj
}
give_back_one <- function(trj, slot) {
  force(slot)
  back <- trajectory() %>%
    select(function() p()$kept[[slot]]$resource) %>%
    release_selected(function() p()$kept[[slot]]$amount) %>%
    do(function() remember("kept", slot, NULL))
  branch(trj, function() if (is.null(p()$kept[[slot]])) 0 else 1, continue = TRUE, back)
}

begin <- function(trj, activity) do(trj, function() note(paste("start", activity)))
end <- function(trj, activity) {
  ended <- paste("end", activity)
  do(trj, function() {
    remember("ended", activity, now(env))
    note(ended)
  })
}
# Who came a little after an instant ends the first work as if they had come in time.
on_time <- function(seconds) {
  patient <- p()
  made_up <- min(seconds, patient$behind)
  patient$behind <- patient$behind - made_up
  seconds - made_up
}
work <- function(trj, activity, takes) {
  started <- paste("start", activity)
  trj %>%
    timeout(function() {
      note(started)
      on_time(max(0, takes()))
    }) %>%
    end(activity)
}
finish <- function(trj, outcome) set(trj, "outcome", function() outcome)

# Gives back everything and leaves.
leave_care <- function(trj) {
  trj %>%
    release_all() %>%
    do(function() {
      note("exit")
      patient <- p()
      if (in_window()) for (each in names(OUTCOMES)) {
        outcome <- OUTCOMES[[each]]
        if (is_about(outcome, patient)) observe(each, identical(patient$outcome, outcome$outcome) + 0)
      }
      rm(list = as.character(get_attribute(env, "patient")), envir = state$patients)
    }) %>%
    leave(1)
}

# Of facilities, now.
busy_of <- function(facility) sum(get_server_count(env, POOLS_OF[[facility]]))
queue_of <- function(facility) {
  if (facility %in% ASKED_FOR_SEVERAL) return(state$queues[[facility]]$n)
  sum(get_queue_count(env, POOLS_OF[[facility]]))
}
there_of <- function(facility) sum(get_capacity(env, POOLS_OF[[facility]]))`;
