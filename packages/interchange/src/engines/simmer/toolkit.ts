/** What every program for simmer has before its resources: patients, what they do, and what is observed of them. */
export const TOOLKIT = `# The simulation environment is a new one in each replication; so is what is known of patients.
env <- NULL
state <- new.env()

rounded <- function(value) floor(value + 0.5)
power <- function(base, exponent) base^exponent
ratio <- function(a, b) if (b == 0) NaN else a / b

# Times of a timetable after work that ends, those of one resource after those of another.
later <- function(at, place) at + c(0, rep(LATER + 1e-6 * min(place, 45), length(at) - 1))
# Given times at which patients come: after all else at the instant, one after the other.
one_by_one <- function(at) {
  state$given <- sort(unique(c(state$given, at)))
  if (length(at) == 0) at else at + 2 * LATER + 1e-6 * unlist(lapply(rle(at)$lengths, seq_len))
}

reset <- function() {
  env <<- simmer("pathway")
  state$patients <- new.env()
  state$count <- 0
  state$numbers <- list()
  state$due <- new.env()
  state$given <- c()
  state$back <- list(at = -1, clock = -1)
  state$woken <- c(-1, 0)
  state$seen <- list()
  state$queues <- lapply(POOLS_OF, function(pools) list2env(list(n = 0, since = 0, area = 0)))
  for (each in c(names(TIMES), names(WAITS), names(OUTCOMES), paste("wait", FACILITIES))) {
    state$seen[[each]] <- list2env(list(n = 0, values = numeric(16)))
  }
}

# The patient whose turn it is.
p <- function() state$patients[[as.character(get_attribute(env, "patient"))]]
in_window <- function() now(env) >= WARM_UP

# What happens at one instant happens one after the other, each with all that comes of it, so a little lies between. The clock
# of a patient, in each branch, knows nothing of that.
turn <- function() get_attribute(env, "branch")
clock <- function() p()$clocks[turn()]
set_clock <- function(at) {
  patient <- p()
  patient$clocks[turn()] <- at
}
# How long until it is somebody's turn at an instant at which others may have theirs.
due <- function(at, after = 0) {
  key <- sprintf("%a %a", at, after)
  known <- state$due[[key]] %or% c(0, 0)
  state$due[[key]] <- known + 1
  max(0, at + after + 1e-6 * min(known[1], 45) - now(env))
}
no_longer_due <- function(at, after = 0) {
  key <- sprintf("%a %a", at, after)
  left <- state$due[[key]] - c(0, 1)
  if (left[2] > 0) state$due[[key]] <- left else rm(list = key, envir = state$due)
}
# Who gets what somebody gave back goes on when that one has, each after the one before.
until_turn <- function() {
  if (now(env) - state$woken[1] > 9e-7) state$woken <- c(now(env), 0)
  state$woken <- state$woken + c(0, 1)
  max(0, state$woken[1] + 1e-7 * min(state$woken[2], 8) - now(env))
}
# Goes on at the instant that a function says.
pause <- function(trj, until, then = function() NULL) {
  trj %>%
    timeout(function() {
      patient <- p()
      at <- until()
      patient$ends[turn()] <- at
      due(at)
    }) %>%
    do(function() {
      at <- p()$ends[turn()]
      no_longer_due(at)
      set_clock(at)
      then()
    })
}

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
      if (in_window() && is_about(time, patient)) observe(each, clock() - patient$marks[[each]])
      patient$marks[[each]] <- NULL
    }
    if (moment == time$from) patient$marks[[each]] <- clock()
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
since <- function(activity) round(clock() - (p()$ended[[activity]] %or% NaN), 3)
since_arrival <- function() round(clock() - p()$arrived, 3)
waited_for <- function(activity) round(p()$waited[[activity]] %or% NaN, 3)
\`%or%\` <- function(value, otherwise) if (is.null(value)) otherwise else value

arrive <- function(cohort) {
  state$count <- state$count + 1
  patient <- new.env()
  patient$cohort <- cohort
  patient$number <- state$numbers[[cohort]]
  at <- if (cohort %in% AT_GIVEN_TIMES) state$given[findInterval(now(env) - LATER, state$given)] else now(env)
  patient$arrived <- at
  patient$clocks <- at
  for (each in ATTRIBUTE_NAMES) patient[[each]] <- NaN
  for (each in c("kept", "asked", "since", "ended_at", "branches", "gave_up", "until", "marks", "rounds", "ended", "waited")) patient[[each]] <- list()
  state$patients[[as.character(state$count)]] <- patient
  ATTRIBUTES[[cohort]](patient)
  state$count
}
\`%na%\` <- function(value, otherwise) if (length(value) == 0 || is.na(value)) otherwise else value

# Everybody who arrives goes on with the way of the pathway; who has several pathways comes as often.
newcomer <- function(cohort, ...) {
  ways <- lapply(list(...), function(way) {
    trajectory() %>%
      set_attribute(c("patient", "branch"), function() c(arrive(cohort), 1)) %>%
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
    remember("asked", site, clock())
    remember("since", site, now(env))
    waiting(resource, 1)
  })
  trj <- if (is.null(leaving)) join(trj, asks) else branch(trj, function() {
    kept <- p()$kept[leaving]
    if (any(vapply(kept, function(each) identical(each$resource, resource), TRUE))) 2 else 1
  }, continue = TRUE, asks, keeps)
  trj %>%
    timeout(function() {
      patient <- p()
      waiting(resource, -1)
      patient$kept[[slot]] <- list(resource = resource, amount = amount)
      # Who waited goes on at the instant of who gave it back, or when there was more of it.
      back <- state$back
      has_waited <- now(env) > patient$since[[site]]
      if (has_waited) set_clock(if (back$at == now(env)) back$clock else round(now(env), 3))
      waited <- clock() - patient$asked[[site]]
      patient$waited[[activity]] <- waited
      until <- patient$until[[site]]
      if (!is.null(until)) no_longer_due(until, 1.5 * LATER)
      if (in_window()) {
        # Who has a unit of it already asks for none.
        if (!isTRUE(patient$had)) observe(paste("wait", FACILITY_OF[[resource]]), waited)
        observe_wait(site, waited, patient)
      }
      patient$had <- FALSE
      if (has_waited) until_turn() else 0
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
gives_back <- function() state$back <- list(at = now(env), clock = clock())
give_back_one <- function(trj, slot) {
  force(slot)
  back <- trajectory() %>%
    select(function() {
      gives_back()
      p()$kept[[slot]]$resource
    }) %>%
    release_selected(function() p()$kept[[slot]]$amount) %>%
    do(function() remember("kept", slot, NULL))
  branch(trj, function() if (is.null(p()$kept[[slot]])) 0 else 1, continue = TRUE, back)
}

begin <- function(trj, activity) do(trj, function() note(paste("start", activity)))
end <- function(trj, activity) {
  ended <- paste("end", activity)
  do(trj, function() {
    remember("ended", activity, clock())
    note(ended)
  })
}
# Works until an instant.
work_until <- function(trj, activity, until) {
  started <- paste("start", activity)
  ended <- paste("end", activity)
  pause(trj, function() {
    note(started)
    until()
  }, then = function() {
    remember("ended", activity, clock())
    note(ended)
  })
}
work <- function(trj, activity, takes) work_until(trj, activity, function() clock() + max(0, takes()))
finish <- function(trj, outcome) set(trj, "outcome", function() outcome)

# Gives back everything and leaves.
leave_care <- function(trj) {
  trj %>%
    do(gives_back) %>%
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
