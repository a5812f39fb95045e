#!/usr/bin/env bash
# What `okr-metrics run` does, with dbt and okr-metrics on the PATH: build, then write the page, export and send alerts, or one of these steps.
# After a build that failed nothing is published or sent. Settings: the table in docs/schedules.md.
# Exit code: 0 all done, 1 a step failed, 64 wrong use, 75 another run is going on.
set -euo pipefail

say() { echo "okr_metrics: $*" >&2; }

if [ -n "${OKR_METRICS_SETTINGS:-}" ]; then
  [ -r "$OKR_METRICS_SETTINGS" ] || { say "OKR_METRICS_SETTINGS names $OKR_METRICS_SETTINGS, which can't be read."; exit 64; }
  set -a
  # shellcheck source=/dev/null
  . "$OKR_METRICS_SETTINGS"
  set +a
fi

step=${1:-all}
cd "${OKR_METRICS_PROJECT:-.}" || exit 64
[ -f dbt_project.yml ] || { say "$PWD holds no dbt_project.yml: set OKR_METRICS_PROJECT to the folder of the dbt project."; exit 64; }
output=${OKR_METRICS_OUTPUT:-target}
state=${OKR_METRICS_STATE:-.okr_metrics}
mkdir -p "$output" "$state"
for tool in dbt okr-metrics flock; do
  command -v "$tool" >/dev/null || { say "$tool isn't on the PATH: dbt and okr-metrics belong into one virtual environment, flock is in util-linux."; exit 64; }
done

# dbt's own options, the same for each step
options=()
[ -z "${DBT_TARGET:-}" ] || options+=(--target "$DBT_TARGET")
[ -z "${OKR_METRICS_VARS:-}" ] || options+=(--vars "$OKR_METRICS_VARS")

# Children inherit the lock: it holds for as long as a dbt that outlives this script.
# Steps that read may run beside each other, a build beside none.
lock() {
  exec 9>"$state/lock"
  flock --nonblock "--$1" 9 || { say "another run is going on (it holds $state/lock); this one ends."; exit 75; }
}

build() {
  local tries=${OKR_METRICS_TRIES:-1} arguments
  read -ra arguments <<<"${OKR_METRICS_BUILD_ARGUMENTS---exclude-resource-type unit_test}"
  until dbt build "${options[@]}" "${arguments[@]}"; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { say "the build failed: nothing is published or sent, the last page and export stay."; return 1; }
    say "the build failed; once more in ${OKR_METRICS_PAUSE:-60} s"
    sleep "${OKR_METRICS_PAUSE:-60}"
  done
}

dashboard() { okr-metrics dashboard "${options[@]}" --output "$output/okr_metrics.html"; }

export_tables() { okr-metrics export "${options[@]}" --output "$output/okr_metrics_export"; }

alerts() {
  local failed=0
  if [ -z "${OKR_METRICS_WEBHOOK:-}${OKR_METRICS_MAIL_TO:-}" ]; then
    say "no alert is sent: neither OKR_METRICS_WEBHOOK nor OKR_METRICS_MAIL_TO is set"
  fi
  if [ -n "${OKR_METRICS_WEBHOOK:-}" ]; then
    okr-metrics push "${options[@]}" --webhook-from OKR_METRICS_WEBHOOK --sent-file "$state/sent_webhook.sqlite" || failed=1
  fi
  if [ -n "${OKR_METRICS_MAIL_TO:-}" ]; then
    okr-metrics push "${options[@]}" --mail-to "$OKR_METRICS_MAIL_TO" --sent-file "$state/sent_mail.sqlite" || failed=1
  fi
  return $failed
}

case $step in
  build) lock exclusive; build || exit 1 ;;
  dashboard) lock shared; dashboard || exit 1 ;;
  export) lock shared; export_tables || exit 1 ;;
  alerts) lock shared; alerts || exit 1 ;;
  all)
    lock exclusive
    build || exit 1
    # a page that can't be written is no reason to keep an alert back
    failed=()
    dashboard || failed+=(dashboard)
    export_tables || failed+=(export)
    alerts || failed+=(alerts)
    [ ${#failed[@]} -eq 0 ] || { say "the build is well; failed after it: ${failed[*]}"; exit 1; }
    ;;
  *) say "no step $step: build, dashboard, export, alerts, or none for all"; exit 64 ;;
esac
