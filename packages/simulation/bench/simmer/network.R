# The urgent-care network for simmer 4.4 (R), which Debian does not have. Prints what network.c prints, in the same words.
#   Rscript network.R SEED DAYS
suppressMessages(library(simmer))
args <- commandArgs(TRUE)
set.seed(as.integer(args[1]))
days <- as.numeric(args[2])

capacity <- list(
  Clerk = c(1, 2, 2), TriageRoom = 3, Nurse = c(3, 5, 5), Doctor = c(2, 4, 4), ResusBay = 3, CT = 2,
  Radiographer = c(1, 3, 3), Cubicle = 14, LabTech = c(2, 4, 4), WardBed = 62, Porter = 1, MinorRoom = 3,
  NP = c(1, 3, 3), GP = c(1, 2, 1), Pharmacist = 1, XRayRoom = 1
)
rate <- c(
  .40, .35, .30, .30, .30, .35, .50, .75, 1.10, 1.50, 1.70, 1.70, 1.60, 1.50, 1.45, 1.45, 1.40, 1.40, 1.35, 1.30,
  1.20, 1.00, .70, .40
)
env <- simmer()
events <- 0
waits <- sapply(names(capacity), function(name) c(0, 0))
left <- matrix(0, 4, 2)

lognormal <- function(mean, sd) {
  variance <- log(1 + sd * sd / (mean * mean))
  function() rlnorm(1, log(mean) - variance / 2, sqrt(variance))
}
gamma <- function(shape, mean) function() rgamma(1, shape = shape, scale = mean / shape)

take <- function(way, name) {
  way %>%
    set_attribute("since", function() now(env)) %>%
    seize(name, 1) %>%
    set_attribute("since", function() {
      since <- get_attribute(env, "since")
      waits[, name] <<- waits[, name] + c(1, now(env) - since)
      since
    })
}
stay <- function(way, minutes) {
  way %>% timeout(function() {
    events <<- events + 1
    minutes()
  })
}
step <- function(way, room, who, minutes) {
  for (name in c(room, who)) way <- take(way, name)
  way <- stay(way, minutes)
  for (name in rev(c(room, who))) way <- release(way, name, 1)
  way
}
maybe <- function(way, share, then) branch(way, function() if (runif(1) < share) 1 else 0, continue = TRUE, then)
start <- function() trajectory()

resus <- start() %>%
  step("ResusBay", "Doctor", lognormal(60, 30)) %>%
  step("CT", "Radiographer", gamma(3, 25)) %>%
  maybe(.6, start() %>% step(NULL, "WardBed", lognormal(2880, 2000)))
major <- start() %>%
  take("Cubicle") %>%
  step("Doctor", "Nurse", lognormal(20, 10)) %>%
  set_attribute("again", 1, tag = "again") %>%
  step(NULL, "Nurse", gamma(2, 6)) %>%
  step(NULL, "LabTech", lognormal(35, 15)) %>%
  maybe(.45, start() %>% step("CT", "Radiographer", gamma(3, 25))) %>%
  step(NULL, "Doctor", lognormal(12, 6)) %>%
  rollback("again", check = function() runif(1) < .15) %>%
  branch(
    function() if (runif(1) < .35) 1 else 2,
    continue = TRUE,
    start() %>%
      take("WardBed") %>%
      take("Porter") %>%
      stay(function() 15) %>%
      release("Porter", 1) %>%
      release("Cubicle", 1) %>%
      stay(gamma(1.5, 2880)) %>%
      release("WardBed", 1),
    start() %>%
      release("Cubicle", 1) %>%
      maybe(.5, start() %>% step(NULL, "Pharmacist", lognormal(10, 5)))
  )
minor <- start() %>%
  step("MinorRoom", "NP", lognormal(18, 9)) %>%
  maybe(.3, start() %>% step("XRayRoom", "Radiographer", gamma(2, 12)) %>% step(NULL, "NP", lognormal(8, 4)))
gp <- start() %>%
  step(NULL, "GP", lognormal(12, 5)) %>%
  maybe(.4, start() %>% step(NULL, "Pharmacist", lognormal(10, 5)))

kind <- function() findInterval(runif(1), c(0, .05, .35, .75))
patient <- start() %>%
  set_attribute("kind", kind) %>%
  set_attribute("arrival", function() {
    events <<- events + 1
    now(env)
  }) %>%
  set_prioritization(function() c(4 - get_attribute(env, "kind"), -1, FALSE)) %>%
  step(NULL, "Clerk", lognormal(5, 2)) %>%
  step("TriageRoom", "Nurse", gamma(2, 8)) %>%
  branch(function() get_attribute(env, "kind"), continue = TRUE, resus, major, minor, gp) %>%
  set_attribute("kind", function() {
    kind <- get_attribute(env, "kind")
    left[kind, ] <<- left[kind, ] + c(1, now(env) - get_attribute(env, "arrival"))
    kind
  })

between <- function() {
  time <- now(env)
  repeat {
    time <- time + rexp(1, 8.3333 * 1.7 / 60)
    if (runif(1) * 1.7 < rate[(time %/% 60) %% 24 + 1]) return(time - now(env))
  }
}
for (name in names(capacity)) {
  units <- capacity[[name]]
  times <- if (length(units) == 1) units else schedule(c(0, 480, 960), units, period = 1440)
  add_resource(env, name, times, mon = FALSE)
}
invisible(add_generator(env, "patient", patient, between, mon = 0))
used <- system.time(invisible(run(env, days * 1440)))
cat(sprintf(
  '{"events": %d, "seconds": %f, "classes": [%s], "waits": {%s}}\n',
  as.integer(events), used[["user.self"]] + used[["sys.self"]],
  paste(sprintf('{"left": %d, "time": %.10f}', as.integer(left[, 1]), left[, 2] / pmax(1, left[, 1])), collapse = ", "),
  paste(sprintf('"%s": %.10f', names(capacity), waits[2, ] / pmax(1, waits[1, ])), collapse = ", ")
))
